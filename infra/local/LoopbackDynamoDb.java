import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local, reachable from this machine only. It has no option for that, and asks nobody for a signature: by itself it
 * listens on all addresses, and whoever is in the same network could read and write its tables. It takes its own options, but the
 * port, for which any free one is taken and said as `listening on <port>`.
 *
 * Java compiles this file when it is told to run it.
 */
class LoopbackDynamoDb {
  public static void main(String[] options) throws Exception {
    var local = ServerRunner.createServerFromCommandLineArgs(options);
    var jetty = DynamoDBProxyServer.class.getDeclaredField("server");
    jetty.setAccessible(true);
    var connector = (ServerConnector) ((Server) jetty.get(local)).getConnectors()[0];
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    local.safeStart();
    System.out.println("listening on " + connector.getLocalPort());
  }
}

/**
 * Stands in for `@aws-sdk/dynamodb-codec`, by which a client of DynamoDB writes its requests as JSON and reads the answers. The
 * SDK's goes by the schema of each operation, value by value, and writes byte by byte: a third of what a request costs. In
 * DynamoDB's protocol (AWS JSON 1.0) names and values stand in JSON as they do in memory, but for bytes, which are base64 there; and
 * `attribute-values.ts` makes them that. Times would be numbers: no operation that functions call answers one.
 */
class Serializer {
  #body: Buffer | undefined;
  setSerdeContext(): void {}

  write(_schema: unknown, input: object): void {
    this.#body = Buffer.from(JSON.stringify(input));
  }

  flush(): Buffer | undefined {
    return this.#body;
  }
}

class Deserializer {
  setSerdeContext(): void {}

  read(_schema: unknown, { buffer, byteOffset, byteLength }: Uint8Array): unknown {
    return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString());
  }

  /** A member of an error. */
  readObject<Value>(_schema: unknown, value: Value): Value {
    return value;
  }
}

export class DynamoDBJsonCodec2 {
  setSerdeContext(): void {}

  createSerializer(): Serializer {
    return new Serializer();
  }

  createDeserializer(): Deserializer {
    return new Deserializer();
  }
}

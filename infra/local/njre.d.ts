declare module 'njre' {
  /** Fetches the latest Temurin of a major version into the folder `jre` beside `installPath`. */
  export function install(version: number, options: { type: 'jdk'; installPath: string }): Promise<string>;
}

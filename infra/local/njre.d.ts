declare module 'njre' {
  /** Fetches the latest Temurin JRE of a major version into the folder `jre` beside `installPath`. */
  export function install(version: number, options: { installPath: string }): Promise<string>;
}

declare module 'sql.js' {
  export type Statement = {
    bind(values: unknown): boolean;
    step(): boolean;
    get(): unknown[];
    getAsObject(): Record<string, unknown>;
    getColumnNames(): string[];
    reset(): void;
  };
  export type Database = {
    prepare(sql: string): Statement;
    exec(sql: string): unknown;
    getRowsModified(): number;
    export(): Uint8Array;
    close(): void;
  };
  export default function initSqlJs(options: {
    wasmBinary: ArrayBuffer;
  }): Promise<{ Database: new (file?: Uint8Array) => Database }>;
}

/** The dashboard's types of an OpenAPI document, as TypeScript. */
export declare function toTypes(document: object): Promise<string>;

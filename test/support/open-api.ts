/** Whether a value is what the OpenAPI document says it is; for the words of JSON Schema that it uses. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export function resolve(document: OpenApi, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return schema;
  const found = document.components.schemas[name];
  if (found === undefined) throw new Error(`the document has no schema ${name}`);
  return resolve(document, found);
}

/** What is wrong with `value`, one line each. Members that the schema does not name are wrong. */
export function faultsOf(
  document: OpenApi,
  given: Schema,
  value: unknown,
  path = '$',
): readonly string[] {
  const schema = resolve(document, given);
  const isAnything = Object.keys(schema).length === 0;
  if (value === null) return schema.nullable === true || isAnything ? [] : [`${path} is null`];
  const [only] = schema.allOf ?? [];
  if (only !== undefined) return faultsOf(document, only, value, path);
  if (schema.oneOf) {
    const all = schema.oneOf.map((one) => faultsOf(document, one, value, path));
    const fitting = all.filter((faults) => faults.length === 0).length;
    return fitting === 1 ? [] : [`${path} fits ${fitting} of ${all.length} schemas`, ...all.flat()];
  }
  if (schema.enum && !schema.enum.includes(value)) return [`${path} is ${JSON.stringify(value)}`];
  switch (schema.type) {
    case 'object':
      return faultsOfObject(document, schema, value, path);
    case 'array':
      if (!Array.isArray(value)) return [`${path} is no array`];
      return value.flatMap((item, index) =>
        faultsOf(document, schema.items ?? {}, item, `${path}[${index}]`),
      );
    case 'integer':
      return Number.isInteger(value) ? [] : [`${path} is no integer`];
    case 'string':
      if (typeof value !== 'string') return [`${path} is no string`];
      return schema.format === 'date-time' && !dateTime.test(value) ? [`${path} is no time`] : [];
    case undefined:
      return [];
    default:
      return typeof value === schema.type ? [] : [`${path} is no ${schema.type}`];
  }
}

function faultsOfObject(
  document: OpenApi,
  schema: Schema,
  value: unknown,
  path: string,
): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${path} is no object`];
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const names = new Set(members.map(([name]) => name));
  const missing = (schema.required ?? []).filter((name) => !names.has(name));
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...members.flatMap(([name, member]) => {
      const known = schema.properties?.[name] ?? schema.additionalProperties;
      if (known === undefined || known === false) return [`${path}.${name} is not in the document`];
      return known === true ? [] : faultsOf(document, known, member, `${path}.${name}`);
    }),
  ];
}

declare const typed: unique symbol;

/** A JSON Schema whose values are known to be of a type: see {@link schemaOf}. */
export interface TypedSchema<T> {
  readonly [typed]: T;
}

/**
 * Says which type the values of a JSON Schema have, for schemas that are no literals: those that a library made, or that were read.
 *
 * ```ts
 * const schema = schemaOf<Person>(z.toJSONSchema(Person));
 * ```
 */
export function schemaOf<T>(schema: object): TypedSchema<T> {
  return schema as TypedSchema<T>;
}

/**
 * The type of a JSON Schema's values. Of a literal schema these keywords are read: `type`, `properties`, `required`, `items`, `enum`, `const`,
 * `anyOf`, `oneOf`. A schema that says nothing about its type is `unknown`.
 */
export type FromSchema<S> =
  S extends TypedSchema<infer T>
    ? T
    : S extends { const: infer C }
      ? C
      : S extends { enum: readonly (infer E)[] }
        ? E
        : S extends { anyOf: readonly (infer A)[] }
          ? FromSchema<A>
          : S extends { oneOf: readonly (infer A)[] }
            ? FromSchema<A>
            : S extends { type: readonly (infer T)[] }
              ? OfType<T, S>
              : S extends { type: infer T }
                ? OfType<T, S>
                : unknown;

type OfType<T, S> = T extends "string"
  ? string
  : T extends "integer" | "number"
    ? number
    : T extends "boolean"
      ? boolean
      : T extends "null"
        ? null
        : T extends "array"
          ? S extends { items: infer I }
            ? FromSchema<I>[]
            : unknown[]
          : T extends "object"
            ? S extends { properties: infer P }
              ? OfProperties<P, S>
              : { [name: string]: unknown }
            : unknown;

type OfProperties<P, S> = Flat<
  { -readonly [K in keyof P as K extends Required<S> ? K : never]: FromSchema<P[K]> } & {
    -readonly [K in keyof P as K extends Required<S> ? never : K]?: FromSchema<P[K]>;
  }
>;

type Required<S> = S extends { required: readonly (infer R)[] } ? R : never;

type Flat<T> = { [K in keyof T]: T[K] };

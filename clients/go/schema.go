package tandem

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// SchemaOf is the JSON Schema of a Go type as encoding/json writes it.
//
// Fields are required unless they are pointers or have omitempty or omitzero. The tag description tells the model what a field is, the tag
// enum which texts it may be: `json:"unit" enum:"C,F" description:"the unit of temp"`. A type that refers to itself has none.
func SchemaOf[T any]() (string, error) {
	return schemaText(reflect.TypeFor[T]())
}

var (
	timeType = reflect.TypeFor[time.Time]()
	rawType  = reflect.TypeFor[json.RawMessage]()
)

// node is one schema; properties keep the order of the struct's fields, since a model writes them in that order.
type node struct {
	Type        any        `json:"type,omitempty"`
	Format      string     `json:"format,omitempty"`
	Description string     `json:"description,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Items       *node      `json:"items,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Required    []string   `json:"required,omitempty"`
	Additional  any        `json:"additionalProperties,omitempty"`
	Minimum     *int       `json:"minimum,omitempty"`
}

type property struct {
	name   string
	schema *node
}

type properties []property

// MarshalJSON writes an object.
func (p properties) MarshalJSON() ([]byte, error) {
	var text strings.Builder
	text.WriteByte('{')
	for i, each := range p {
		if i > 0 {
			text.WriteByte(',')
		}
		name, err := json.Marshal(each.name)
		if err != nil {
			return nil, err
		}
		schema, err := json.Marshal(each.schema)
		if err != nil {
			return nil, err
		}
		text.Write(name)
		text.WriteByte(':')
		text.Write(schema)
	}
	text.WriteByte('}')
	return []byte(text.String()), nil
}

func schemaText(of reflect.Type) (string, error) {
	if of == nil {
		return "", fmt.Errorf("tandem: there is nothing to read into; pass a pointer to a struct")
	}
	schema, err := schemaOf(of, nil)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(schema)
	return string(text), err
}

// schemaOf makes the schema of a type that stands in the types around.
func schemaOf(of reflect.Type, around []reflect.Type) (*node, error) {
	switch {
	case of == timeType:
		return &node{Type: "string", Format: "date-time"}, nil
	case of == rawType:
		return &node{}, nil
	}
	switch of.Kind() {
	case reflect.Bool:
		return &node{Type: "boolean"}, nil
	case reflect.String:
		return &node{Type: "string"}, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &node{Type: "integer"}, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &node{Type: "integer", Minimum: new(int)}, nil
	case reflect.Float32, reflect.Float64:
		return &node{Type: "number"}, nil
	case reflect.Interface:
		return &node{}, nil
	case reflect.Pointer:
		return schemaOf(of.Elem(), around)
	case reflect.Slice, reflect.Array:
		if of.Kind() == reflect.Slice && of.Elem().Kind() == reflect.Uint8 {
			return &node{Type: "string"}, nil // base64
		}
		items, err := schemaOf(of.Elem(), around)
		return &node{Type: "array", Items: items}, err
	case reflect.Map:
		values, err := schemaOf(of.Elem(), around)
		return &node{Type: "object", Additional: values}, err
	case reflect.Struct:
		return structOf(of, around)
	default:
		return nil, fmt.Errorf("tandem: %s has no JSON Schema; set the request's schema", of)
	}
}

func structOf(of reflect.Type, around []reflect.Type) (*node, error) {
	for _, outer := range around {
		if outer == of {
			return nil, fmt.Errorf("tandem: %s refers to itself; set the request's schema", of)
		}
	}
	around = append(around[:len(around):len(around)], of)
	object := &node{Type: "object", Additional: false}
	for _, field := range reflect.VisibleFields(of) {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !field.IsExported() || name == "-" || field.Anonymous && name == "" || promotedByTag(of, field) {
			continue
		}
		if name == "" {
			name = field.Name
		}
		schema, err := schemaOf(field.Type, around)
		if err != nil {
			return nil, err
		}
		schema.Description = field.Tag.Get("description")
		if enum := field.Tag.Get("enum"); enum != "" {
			schema.Enum = strings.Split(enum, ",")
		}
		object.Properties = append(object.Properties, property{name, schema})
		if field.Type.Kind() != reflect.Pointer && !strings.Contains(options, "omit") {
			object.Required = append(object.Required, name)
		}
	}
	return object, nil
}

// promotedByTag: a field of an embedded struct that has a name of its own in JSON stands there, not here.
func promotedByTag(of reflect.Type, field reflect.StructField) bool {
	for depth := 1; depth < len(field.Index); depth++ {
		embedded := of.FieldByIndex(field.Index[:depth])
		if name, _, _ := strings.Cut(embedded.Tag.Get("json"), ","); name != "" {
			return true
		}
	}
	return false
}

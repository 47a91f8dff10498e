// Command describe-types writes kubernetes-types.data.ts, gateway-types.data.ts and mesh-types.data.ts from upstream's Go types.
// Run it in the testbed folder, whose go.mod pins them: go run ../lib/core/gotemplate/schema/describe-types.go ../lib/core/gotemplate/schema
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	mesh "istio.io/api/mesh/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	gateway "sigs.k8s.io/gateway-api/apis/v1"
)

// Types with a JSON form of their own; their fields are not for templates.
var opaque = map[string]bool{
	"resource.Quantity": true, "intstr.IntOrString": true, "v1.Time": true, "v1.MicroTime": true, "v1.FieldsV1": true, "runtime.RawExtension": true,
}

type table struct {
	lines map[string]string
	types map[string]reflect.Type
}

func newTable() *table { return &table{map[string]string{}, map[string]reflect.Type{}} }

func (t *table) add(typ reflect.Type) {
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice:
		t.add(typ.Elem())
		return
	case reflect.Map:
		t.add(typ.Key())
		t.add(typ.Elem())
		if typ.Name() == "" {
			return
		}
	}
	if typ.PkgPath() == "" {
		return
	}
	name := typ.String()
	if known, ok := t.types[name]; ok {
		if known != typ {
			panic("two types are called " + name + ": " + known.PkgPath() + " and " + typ.PkgPath())
		}
		return
	}
	t.types[name] = typ
	switch {
	case opaque[name]:
		t.lines[name] = "!"
	case typ.Kind() == reflect.Struct:
		parts := []string{}
		for i := range typ.NumField() {
			field := typ.Field(i)
			if !field.IsExported() {
				continue
			}
			t.add(field.Type)
			parts = append(parts, describe(field))
		}
		t.lines[name] = strings.Join(parts, "|")
	case typ.Kind() == reflect.Map:
		t.lines[name] = "=map[" + typ.Key().String() + "]" + typ.Elem().String()
	default:
		t.lines[name] = "=" + typ.Kind().String()
	}
}

func describe(field reflect.StructField) string {
	tag := strings.Split(field.Tag.Get("json"), ",")
	mark := ""
	for _, option := range tag[1:] {
		if option == "omitempty" || option == "omitzero" {
			mark += "?"
		}
		if option == "inline" {
			mark += "+"
		}
	}
	if field.Anonymous {
		mark += "^"
	}
	number := ""
	if wire := strings.Split(field.Tag.Get("protobuf"), ","); len(wire) > 1 {
		number = " " + wire[1]
	}
	return field.Name + " " + field.Type.String() + " " + tag[0] + mark + number
}

func (t *table) write(path, constant, about string) {
	names := []string{}
	for name := range t.lines {
		names = append(names, name)
	}
	sort.Strings(names)
	var out strings.Builder
	fmt.Fprintf(&out, "/** %s Written by describe-types.go. */\nexport const %s = `\n", about, constant)
	for _, name := range names {
		fmt.Fprintf(&out, "%s: %s\n", name, t.lines[name])
	}
	out.WriteString("`;\n")
	if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
		panic(err)
	}
}

func goTypeName(message protoreflect.Message) string {
	return strings.TrimPrefix(reflect.TypeOf(message.Interface()).String(), "*")
}

func (t *table) addMessage(message proto.Message) {
	reflected := message.ProtoReflect()
	name := goTypeName(reflected)
	if _, ok := t.lines[name]; ok {
		return
	}
	t.lines[name] = ""
	descriptor := reflected.Descriptor()
	if strings.HasPrefix(string(descriptor.FullName()), "google.protobuf.") {
		t.lines[name] = "!" + string(descriptor.FullName())
		return
	}
	typ := reflect.TypeOf(message).Elem()
	parts := []string{}
	for i := range descriptor.Fields().Len() {
		field := descriptor.Fields().Get(i)
		part := string(field.JSONName()) + " " + goFieldName(typ, reflected, field) + " " + t.protoType(reflected, field)
		if oneof := field.ContainingOneof(); oneof != nil && !oneof.IsSynthetic() {
			part += " " + goCamel(string(oneof.Name()))
		} else if field.HasPresence() && field.Message() == nil {
			part += " ?"
		}
		parts = append(parts, part)
	}
	t.lines[name] = strings.Join(parts, "|")
}

// The Go name stands in the struct tag; members of a oneof are fields of a wrapper of their own.
func goFieldName(typ reflect.Type, _ protoreflect.Message, field protoreflect.FieldDescriptor) string {
	marker := fmt.Sprintf(",%d,", field.Number())
	for i := range typ.NumField() {
		if tag := typ.Field(i).Tag.Get("protobuf"); tag != "" && strings.Contains(tag, marker) && strings.Contains(tag, "name="+string(field.Name())) {
			return typ.Field(i).Name
		}
	}
	return goCamel(string(field.Name()))
}

func goCamel(name string) string {
	var out strings.Builder
	upper := true
	for _, letter := range name {
		switch {
		case letter == '_':
			upper = true
		case upper:
			out.WriteString(strings.ToUpper(string(letter)))
			upper = false
		default:
			out.WriteRune(letter)
		}
	}
	return out.String()
}

func (t *table) protoType(message protoreflect.Message, field protoreflect.FieldDescriptor) string {
	if field.IsMap() {
		value := field.MapValue()
		var example protoreflect.Value
		if value.Message() != nil {
			example = message.NewField(field).Map().NewValue()
		}
		return "{" + field.MapKey().Kind().String() + "," + t.single(message, value, example) + "}"
	}
	if field.IsList() {
		var example protoreflect.Value
		if field.Message() != nil {
			example = message.NewField(field).List().NewElement()
		}
		return "[]" + t.single(message, field, example)
	}
	var example protoreflect.Value
	if field.Message() != nil {
		example = message.NewField(field)
	}
	return t.single(message, field, example)
}

func (t *table) single(_ protoreflect.Message, field protoreflect.FieldDescriptor, example protoreflect.Value) string {
	if field.Message() != nil {
		t.addMessage(example.Message().Interface())
		return "*" + goTypeName(example.Message())
	}
	if enum := field.Enum(); enum != nil {
		return "#" + t.addEnum(enum)
	}
	return field.Kind().String()
}

func (t *table) addEnum(enum protoreflect.EnumDescriptor) string {
	parts := strings.Split(string(enum.FullName()), ".")
	version := 0
	for i, part := range parts {
		if strings.HasPrefix(part, "v1") {
			version = i
		}
	}
	name := parts[version] + "." + strings.Join(parts[version+1:], "_")
	values := []string{}
	for i := range enum.Values().Len() {
		value := enum.Values().Get(i)
		values = append(values, fmt.Sprintf("%s %d", value.Name(), value.Number()))
	}
	t.lines[name] = "#" + strings.Join(values, "|")
	return name
}

func main() {
	folder := os.Args[1]
	kubernetes := newTable()
	for _, example := range []any{corev1.PodSpec{}, metav1.ObjectMeta{}, metav1.TypeMeta{}, corev1.ServicePort{}, corev1.ServiceType("")} {
		kubernetes.add(reflect.TypeOf(example))
	}
	kubernetes.write(filepath.Join(folder, "kubernetes-types.data.ts"), "KUBERNETES_TYPES", "Kubernetes' Go types below PodSpec and ObjectMeta.")
	gateways := newTable()
	gateways.add(reflect.TypeOf(gateway.Gateway{}))
	for name := range kubernetes.types {
		if known, ok := gateways.types[name]; ok && known == kubernetes.types[name] {
			delete(gateways.lines, name)
		}
	}
	gateways.write(filepath.Join(folder, "gateway-types.data.ts"), "GATEWAY_TYPES", "The Gateway API's Go types below Gateway, without those of Kubernetes.")
	meshes := newTable()
	meshes.addMessage(&mesh.MeshConfig{})
	meshes.write(filepath.Join(folder, "mesh-types.data.ts"), "MESH_TYPES", "Istio's protobuf messages below MeshConfig, fields in the order of the .proto files.")
}

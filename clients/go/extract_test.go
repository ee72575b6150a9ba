package tandem_test

import (
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	tandem "tandem.dev/client"
	tandemv1 "tandem.dev/client/gen/tandem/v1"
)

type person struct {
	Name string `json:"name"`
	Born int    `json:"born" description:"the year of birth"`
}

func about(text string) *tandemv1.ExtractRequest {
	return &tandemv1.ExtractRequest{Model: "default", Text: proto.String(text), MaxTokens: proto.Int32(128)}
}

func TestAStruct(t *testing.T) {
	var ada person
	answer, err := connected(t).Extract(t.Context(), about("Ada was born in 1815."), &ada)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(ada.Name, "Ada") || ada.Born != 1815 || answer.GetTries() < 1 {
		t.Errorf("%+v %v", ada, answer)
	}
}

func TestAProtobufMessage(t *testing.T) {
	var usage tandemv1.InputUsage
	if _, err := connected(t).Extract(t.Context(), about("7 prompt tokens, 7 total tokens"), &usage); err != nil {
		t.Fatal(err)
	}
	if usage.GetTotalTokens() == 0 {
		t.Errorf("%v", &usage)
	}
}

func TestASchemaOfOnesOwn(t *testing.T) {
	request := about("Ada Lovelace was born in London in 1815.")
	request.Wanted = &tandemv1.ExtractRequest_Schema{
		Schema: `{"type": "object", "properties": {"town": {"type": "string", "maxLength": 20}}, "required": ["town"], "additionalProperties": false}`,
	}
	var found map[string]string
	if _, err := connected(t).Extract(t.Context(), request, &found); err != nil || found["town"] == "" {
		t.Error(found, err)
	}
}

func TestItemsComeOneByOne(t *testing.T) {
	client := connected(t)
	two := about("Ada was born in 1815, Charles in 1791.")
	two.Examples = []*tandemv1.ExtractExample{{
		Text:  "Bob was born in 1900, Mia in 1930.",
		Value: `[{"name": "Bob", "born": 1900}, {"name": "Mia", "born": 1930}]`,
	}}
	var people []person
	for each, err := range tandem.Items[person](t.Context(), client, two) {
		if err != nil {
			t.Fatal(err)
		}
		people = append(people, each)
	}
	if len(people) != 2 {
		t.Error(people)
	}
	for each, err := range tandem.Items[*tandemv1.InputUsage](t.Context(), client, about("First 3 tokens, then 5 tokens in total.")) {
		if err != nil || each == nil {
			t.Fatal(each, err)
		}
		break
	}
}

func TestAnObjectThatGrows(t *testing.T) {
	schema, err := tandem.SchemaOf[person]()
	if err != nil {
		t.Fatal(err)
	}
	request := about("Ada Lovelace was born in London in 1815.")
	request.Wanted = &tandemv1.ExtractRequest_Schema{Schema: schema}
	complete := false
	for piece, err := range connected(t).ExtractPartial(t.Context(), request) {
		if err != nil {
			t.Fatal(err)
		}
		complete = piece.GetComplete()
	}
	if !complete {
		t.Error("the last piece is not complete")
	}
}

type address struct {
	Street string `json:"street,omitempty"`
}

type order struct {
	address
	Count  uint8              `json:"count"`
	Prices map[string]float64 `json:"prices"`
	Unit   string             `json:"unit" enum:"kg,lb"`
	Note   *string            `json:"note"`
	Tags   []string           `json:"tags,omitzero"`
	When   time.Time
	Raw    []byte `json:"raw"`
	Hidden bool   `json:"-"`
	secret bool
}

func TestTheSchemaOfAType(t *testing.T) {
	got, err := tandem.SchemaOf[order]()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"type":"object","properties":{"street":{"type":"string"},"count":{"type":"integer","minimum":0},` +
		`"prices":{"type":"object","additionalProperties":{"type":"number"}},"unit":{"type":"string","enum":["kg","lb"]},` +
		`"note":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}},"When":{"type":"string","format":"date-time"},` +
		`"raw":{"type":"string"}},"required":["count","prices","unit","When","raw"],"additionalProperties":false}`
	if got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
}

type tree struct {
	Branches []tree `json:"branches"`
}

func TestTypesWithoutASchema(t *testing.T) {
	if _, err := tandem.SchemaOf[tree](); err == nil || !strings.Contains(err.Error(), "refers to itself") {
		t.Error(err)
	}
	if _, err := tandem.SchemaOf[chan int](); err == nil {
		t.Error("a channel has no schema")
	}
}

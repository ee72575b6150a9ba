package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.test.v1.CompletionLogprobs;
import dev.tandem.test.v1.Fixed;
import dev.tandem.test.v1.Input;
import dev.tandem.test.v1.Inputs;
import dev.tandem.test.v1.Lists;
import dev.tandem.test.v1.Nothing;
import dev.tandem.test.v1.Open;
import dev.tandem.test.v1.Part;
import dev.tandem.test.v1.Parts;
import dev.tandem.test.v1.Picture;
import dev.tandem.test.v1.Shapes;
import dev.tandem.test.v1.Texts;
import dev.tandem.test.v1.Tone;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each word of the vocabulary, read and written. */
class OptionsTest {
    private static final Json JSON = new Json(Profile.CONTRACT);

    @Test
    void listsAreWrittenWithoutElementsUnlessTheyOmitEmpty() {
        assertThat(JSON.write(Lists.getDefaultInstance()))
                .isEqualTo("{\"stop\":[],\"counts\":[],\"reason\":null}");
    }

    @Test
    void singleTakesAndWritesOneBareValue() {
        assertThat(JSON.read(Lists.getDefaultInstance(), "{'stop':'x'}").getStopList())
                .containsExactly("x");
        assertThat(JSON.read(Lists.getDefaultInstance(), "{'stop':['x']}").getStopList())
                .containsExactly("x");
        assertThat(JSON.read(Lists.getDefaultInstance(), "{'stop':[]}").getStopList()).isEmpty();
        assertThat(JSON.read(Lists.getDefaultInstance(), "{'stop':null}").getStopList()).isEmpty();
        JSON.keeps(
                Lists.getDefaultInstance(),
                "{'stop':'x','counts':[1],'reason':null,'tones':'very_calm'}");
        JSON.keeps(Lists.getDefaultInstance(), "{'stop':['x','y'],'counts':[],'reason':'r'}");
    }

    @Test
    void anArrayThatFitsOneElementIsThatElement() {
        Inputs none = Inputs.getDefaultInstance();
        assertThat(JSON.read(none, "{'input':[1,2,3]}")).isEqualTo(inputs(tokens(1, 2, 3)));
        assertThat(JSON.read(none, "{'input':[[1,2],[3]]}"))
                .isEqualTo(inputs(tokens(1, 2), tokens(3)));
        assertThat(JSON.read(none, "{'input':['a','b']}")).isEqualTo(inputs(text("a"), text("b")));
        assertThat(JSON.read(none, "{'input':'a'}")).isEqualTo(inputs(text("a")));
        assertThat(JSON.read(none, "{'input':[]}")).isEqualTo(none);
        assertThat(JSON.read(none, "{'input':[[]]}")).isEqualTo(inputs(tokens()));
        assertThat(JSON.read(none, "{'input':[{'text':'a'},'b',[7]]}"))
                .isEqualTo(inputs(text("a"), text("b"), tokens(7)));
    }

    @Test
    void whatWasReadAsOneElementIsWrittenAsOne() {
        JSON.keeps(Inputs.getDefaultInstance(), "{'input':[1,2,3]}");
        JSON.keeps(Inputs.getDefaultInstance(), "{'input':[[1,2],[3]]}");
        JSON.keeps(Inputs.getDefaultInstance(), "{'input':['a','b']}");
        JSON.keeps(Inputs.getDefaultInstance(), "{'input':'a'}");
        JSON.keeps(Inputs.getDefaultInstance(), "{'input':[]}");
        JSON.keeps(Inputs.getDefaultInstance(), "{'input':[[]]}");
    }

    @Test
    void mixedArraysAreRefusedWhereTheyStopFitting() {
        assertThat(JSON.violations(Inputs.getDefaultInstance(), "{'input':[1,'a',2]}"))
                .containsExactly("input[1] type");
        assertThat(JSON.violations(Inputs.getDefaultInstance(), "{'input':['a',1]}"))
                .containsExactly("input[1] type");
        assertThat(JSON.violations(Inputs.getDefaultInstance(), "{'input':[[1],['a',[2]]]}"))
                .containsExactly("input[1] type");
        assertThat(JSON.violations(Inputs.getDefaultInstance(), "{'input':7}"))
                .containsExactly("input type");
        assertThat(JSON.violations(Inputs.getDefaultInstance(), "{'input':[true]}"))
                .containsExactly("input[0] type");
    }

    @Test
    void shorthandsStandForMessagesWithOneField() {
        JSON.keeps(Shapes.getDefaultInstance(), "{'one':'x','many':[],'named':{}}");
        JSON.keeps(
                Shapes.getDefaultInstance(),
                "{'one':1.5,'many':['x',true,[],[[],{'name':'z','size':1}]],'named':{'a':'b'}}");
        JSON.keeps(
                Shapes.getDefaultInstance(),
                "{'one':{'name':'x','size':2},'many':[{'size':1,'solid':false}],'named':{}}");
        JSON.keeps(Shapes.getDefaultInstance(), "{'one':'x','many':[['x',2]],'named':{}}");
        assertThat(JSON.violations(Shapes.getDefaultInstance(), "{'many':[['x',{'size':true}]]}"))
                .containsExactly("many[0][1].size type");
    }

    @Test
    void nullInAListIsAMessageWithNothingSetWhereNothingElseIs() {
        JSON.keeps(CompletionLogprobs.getDefaultInstance(), "{'token_logprobs':[null,-0.5]}");
        assertThat(JSON.violations(Shapes.getDefaultInstance(), "{'many':[null]}"))
                .containsExactly("many[0] null");
    }

    @Test
    void aPartIsABareStringAloneAndAnObjectInAList() {
        JSON.keeps(Parts.getDefaultInstance(), "{'content':'hi'}");
        JSON.keeps(
                Parts.getDefaultInstance(), "{'content':'','list':[{'type':'text','text':'a'}]}");
        JSON.keeps(
                Parts.getDefaultInstance(),
                "{'content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'u'},'note':'n'}]}");
        JSON.keeps(
                Parts.getDefaultInstance(),
                "{'content':[{'type':'image_url','image_url':{'url':'u'}}]}");
    }

    @Test
    void theDiscriminatorMayStandAnywhereOrBeLeftOut() {
        Part picture = Part.newBuilder().setImageUrl(Picture.newBuilder().setUrl("u")).build();
        for (String json :
                new String[] {
                    "{'type':'image_url','image_url':{'url':'u'}}",
                    "{'image_url':{'url':'u'},'type':'image_url'}",
                    "{'image_url':{'url':'u'}}",
                    "{'text':null,'image_url':{'url':'u'},'type':null}"
                }) {
            assertThat(JSON.read(Part.getDefaultInstance(), json)).isEqualTo(picture);
        }
    }

    @Test
    void aMemberWithoutFieldsIsItsNameAlone() {
        Part separator = Part.newBuilder().setSeparator(Nothing.getDefaultInstance()).build();
        assertThat(JSON.write(separator)).isEqualTo("{\"type\":\"separator\"}");
        assertThat(JSON.read(Part.getDefaultInstance(), "{'type':'separator'}"))
                .isEqualTo(separator);
        assertThat(JSON.read(Part.getDefaultInstance(), "{'separator':{}}")).isEqualTo(separator);
    }

    @Test
    void aDiscriminatorThatLiesIsRefused() {
        Part none = Part.getDefaultInstance();
        assertThat(JSON.violations(none, "{'type':'image_url','text':'a'}"))
                .containsExactly("type oneof");
        assertThat(JSON.violations(none, "{'type':'image_url'}"))
                .containsExactly("image_url required");
        assertThat(JSON.violations(none, "{'type':5,'text':'a'}")).containsExactly("type type");
        assertThat(JSON.violations(none, "{'text':'a','image_url':{'url':'u'}}"))
                .containsExactly("image_url oneof");
        JsonException unknown = JSON.refuse(none, "{'type':'video','video':{}}");
        assertThat(unknown.violations())
                .contains(
                        new Violation(
                                "type",
                                "enum",
                                "\"video\" is not one of \"text\", \"image_url\", \"separator\""));
    }

    @Test
    void constantsAreWrittenFirstAndCheckedWhenThere() {
        JSON.keeps(Fixed.getDefaultInstance(), "{'object':'thing','version':'\\\"1\\\"','id':'a'}");
        assertThat(JSON.read(Fixed.getDefaultInstance(), "{'id':'a'}").getId()).isEqualTo("a");
        assertThat(JSON.violations(Fixed.getDefaultInstance(), "{'object':'other','version':1}"))
                .containsExactly("object constant", "version constant");
    }

    @Test
    void jsonTextKeepsKeyOrderAndNumbersAndLosesWhiteSpace() {
        Texts texts =
                JSON.read(
                        Texts.getDefaultInstance(),
                        "{ 'schema' : { 'z' : 1.50e+2 ,\n 'a' : [ 1 , 'x  y\\u00e9' ] } , 'parameters' : 'text', 'examples':[1, true, {}] }");
        assertThat(texts.getSchema()).isEqualTo("{\"z\":1.50e+2,\"a\":[1,\"x  y\\u00e9\"]}");
        assertThat(texts.getParameters()).isEqualTo("\"text\"");
        assertThat(texts.getExamplesList()).containsExactly("1", "true", "{}");
        JSON.keeps(
                Texts.getDefaultInstance(),
                "{'schema':{'z':1.50e+2,'a':[1,'é']},'parameters':false,'examples':['x',-0.0]}");
        assertThat(JSON.write(Texts.getDefaultInstance())).isEqualTo("{\"schema\":null}");
        assertThat(JSON.write(Texts.newBuilder().setSchema("{ \"a\":\n1 }").build()))
                .isEqualTo("{\"schema\":{\"a\":1}}");
    }

    @Test
    void textThatIsNoJsonIsNotWritten() {
        JsonBuffer out = new JsonBuffer().raw(new byte[] {'>'});
        JsonCodec codec = JSON.codecs().of(Texts.getDefaultInstance());
        assertThatThrownBy(() ->
                        codec.write(
                                Texts.newBuilder().setSchema("{\"a\":1}, \"b\":2").build(), out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tandem.test.v1.Texts.schema")
                .hasMessageContaining("not JSON");
        assertThat(out.toString()).isEqualTo(">");
    }

    @Test
    void unknownKeysAreKeptWhereAFieldCollectsThem() {
        JSON.keeps(Open.getDefaultInstance(), "{'known':1,'top_k':[1,2],'x':{'y':1.0}}");
        Open open = JSON.read(Open.getDefaultInstance(), "{'a':null,'extra':3,'known':2}");
        assertThat(open.getExtraMap()).containsExactly(Map.entry("extra", "3"));
        assertThat(JSON.write(Open.newBuilder().putExtra("known", "5").putExtra("b", "6").build()))
                .isEqualTo("{\"known\":0,\"b\":6}");
        assertThat(JSON.violations(Open.getDefaultInstance(), "{'a':1,'a':2}"))
                .containsExactly("a duplicate_key");
    }

    @Test
    void enumValuesAreShortOrAsTheOptionSays() {
        Lists all =
                Lists.newBuilder()
                        .addTones(Tone.TONE_VERY_CALM)
                        .addTones(Tone.TONE_LOUD)
                        .addTones(Tone.OTHER)
                        .addTonesValue(99)
                        .build();
        assertThat(JSON.write(all)).contains("[\"very_calm\",\"LOUD!\",\"other\",99]");
        assertThat(JSON.refuse(Lists.getDefaultInstance(), "{'tones':['loud']}").violations())
                .containsExactly(
                        new Violation(
                                "tones[0]",
                                "enum",
                                "\"loud\" is not one of \"very_calm\", \"LOUD!\", \"other\""));
    }

    private static Inputs inputs(Input... all) {
        return Inputs.newBuilder().addAllInput(List.of(all)).build();
    }

    private static Input text(String text) {
        return Input.newBuilder().setText(text).build();
    }

    private static Input tokens(Integer... tokens) {
        return Input.newBuilder().addAllTokens(List.of(tokens)).build();
    }
}

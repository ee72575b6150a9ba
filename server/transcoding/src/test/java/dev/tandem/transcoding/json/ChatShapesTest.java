package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.test.v1.ChatChunk;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.ChunkChoice;
import dev.tandem.test.v1.Delta;
import dev.tandem.test.v1.EmbeddingAnswer;
import dev.tandem.test.v1.EmbeddingRequest;
import dev.tandem.test.v1.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SDKs send to and read from a chat API, in messages that use only the vocabulary. */
class ChatShapesTest {
    private static final Json JSON = new Json(Profile.CONTRACT);

    @Test
    void aRequestWithEverythingIsReadAndWrittenTheSame() {
        JSON.keeps(
                ChatRequest.getDefaultInstance(),
                """
                {'model':'m','messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':[{'type':'text',\
                'text':'What is it?'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA==','detail':'low'}},\
                {'type':'input_audio','input_audio':{'data':'AQID','format':'wav'},'cache_control':{'type':'ephemeral'}}]},\
                {'role':'assistant','tool_calls':[{'id':'call_1','type':'function','function':{'name':'look',\
                'arguments':'{\\'at\\':1}'}}]},{'role':'tool','content':'a cat','tool_call_id':'call_1'}],'temperature':0.5,\
                'max_tokens':64,'stream':true,'stop':['a','b'],'seed':42,'logit_bias':{'50256':-100},'tools':[{'type':'function',\
                'function':{'name':'look','parameters':{'type':'object','properties':{'z':{},'a':{'minimum':1.0}}},\
                'strict':true}}],'tool_choice':{'type':'function','function':{'name':'look'}},'response_format':{'type':\
                'json_schema','json_schema':{'name':'s','schema':{'type':'object'}}},'stream_options':{'include_usage':true},\
                'top_k':40,'chat_template_kwargs':{'enable_thinking':false}}\
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'stop':'x'",
                "'tool_choice':'auto'",
                "'response_format':{'type':'text'}",
                "'response_format':{'type':'json_object'}",
                "'stop':['x','y']"
            })
    void theShortSpellingsStay(String field) {
        JSON.keeps(ChatRequest.getDefaultInstance(), "{'model':'m','messages':[]," + field + "}");
    }

    @Test
    void aChunkHasItsConstantsZerosAndNulls() {
        ChatChunk chunk =
                ChatChunk.newBuilder()
                        .setId("c1")
                        .setCreated(1_781_234_567L)
                        .setModel("m")
                        .addChoices(
                                ChunkChoice.newBuilder()
                                        .setDelta(
                                                Delta.newBuilder()
                                                        .setRole(Role.ROLE_ASSISTANT)
                                                        .setContent("")
                                                        .putExtra("reasoning_content", "\"hm\"")))
                        .build();
        assertThat(JSON.write(chunk))
                .isEqualTo(
                        """
                        {"object":"chat.completion.chunk","id":"c1","created":1781234567,"model":"m","choices":[{"index":0,\
                        "delta":{"role":"assistant","content":"","reasoning_content":"hm"},"logprobs":null,\
                        "finish_reason":null}],"usage":null}\
                        """);
    }

    @Test
    void toolCallDeltasLogprobsAndUsageKeepTheirShape() {
        JSON.keeps(
                ChatChunk.getDefaultInstance(),
                """
                {'object':'chat.completion.chunk','id':'c1','created':1,'model':'m','choices':[{'index':0,'delta':{'tool_calls':\
                [{'index':0,'id':'call_1','type':'function','function':{'name':'look','arguments':''}}]},'logprobs':{'content':\
                [{'token':'a','logprob':-0.25,'bytes':[97]}]},'finish_reason':'tool_calls'},{'index':1,'delta':{},'logprobs':\
                {'content':null},'finish_reason':null}],'usage':{'prompt_tokens':1,'completion_tokens':2,'total_tokens':3}}\
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'text'", "['a','b']", "[1,2,3]", "[[1,2],[3]]"})
    void anEmbeddingTakesTextsAndTokens(String input) {
        JSON.keeps(EmbeddingRequest.getDefaultInstance(), "{'model':'m','input':" + input + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.5,-1,1.0E-7]", "'AACAPw=='", "[]"})
    void anEmbeddingIsFloatsOrBase64(String vector) {
        JSON.keeps(
                EmbeddingAnswer.getDefaultInstance(),
                "{'object':'list','data':[{'object':'embedding','index':0,'embedding':"
                        + vector
                        + "}]}");
    }

    @Test
    void whatAnSdkMisspellsIsNamed() {
        Message none = ChatRequest.getDefaultInstance();
        assertThat(
                        JSON.violations(
                                none,
                                "{'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'img'}]}]}"))
                .containsExactly("messages[0].content[1].type enum");
        assertThat(
                        JSON.violations(
                                none,
                                "{'messages':[{'role':'user','content':[{'type':'text','image_url':{'url':''}}]}]}"))
                .containsExactly("messages[0].content[0].type oneof");
    }
}

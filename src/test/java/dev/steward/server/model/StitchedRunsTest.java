// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StitchedRunsTest {
  private static final String ASKED = "{\"role\":\"user\",\"content\":\"Refund order 7.\"}";
  private static final String RESULT =
      "{\"role\":\"tool\",\"tool_call_id\":\"%s\",\"content\":\"paid yesterday\"}";
  private static final String DONE = "{\"role\":\"assistant\",\"content\":\"Refunded.\"}";

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void makesOneRunOfACallItsToolAndTheAnswer() {
    chat(ASKED).answered(calling("call_1"));
    chat(ASKED, calling("call_1"), RESULT.formatted("call_1")).answered(DONE);

    JsonNode run = gateway.newestRun(2);

    assertThat(gateway.runs()).hasSize(1);
    assertThat(run.get("modelCalls").asInt()).isEqualTo(2);
    assertThat(run.get("status").asString()).isEqualTo("finished");
    assertThat(run.get("agent").asString()).isEqualTo("refunds");
    assertThat(run.get("environment").asString()).isEqualTo("development");
    assertThat(run.get("title").asString()).isEqualTo("Refund order 7.");
    assertThat(run.get("registered").asBoolean()).isTrue();
    assertThat(gateway.newestRun(2).get("spans").get(0).get("kind").asString()).isEqualTo("AGENT");
  }

  @Test
  void isAtWorkWhileAToolIsAwaited() {
    chat(ASKED).answered(calling("call_1"));

    assertThat(gateway.newestRun(1).get("status").asString()).isEqualTo("working");
  }

  @Test
  void beginsANewRunOfTheConversationWithANewQuestion() {
    chat(ASKED).answered(DONE);
    chat(ASKED, DONE, "{\"role\":\"user\",\"content\":\"And order 8?\"}").answered(DONE);

    gateway.newestRun(2);
    JsonNode runs = gateway.runs();

    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).get("conversation").asString())
        .isEqualTo(runs.get(1).get("conversation").asString());
    assertThat(runs.get(0).get("title").asString()).isEqualTo("And order 8?");
  }

  @Test
  void knowsARunAgainInAnotherDialect() {
    chat(ASKED).answered(calling("call_1"));
    ask(
        "/v1/messages",
        """
        {"model":"claude","max_tokens":99,"system":"Be kind.","messages":[
          {"role":"user","content":[{"type":"text","text":"Refund order 7."}]},
          {"role":"assistant","content":[
            {"type":"tool_use","id":"toolu_9","name":"pay","input":{"order":7}}]},
          {"role":"user","content":[
            {"type":"tool_result","tool_use_id":"toolu_9","content":[
              {"type":"text","text":"paid yesterday"}]}]}]}
        """,
        """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5",\
        "content":[{"type":"text","text":"Refunded."}],"stop_reason":"end_turn",\
        "usage":{"input_tokens":5,"output_tokens":2}}\
        """);

    JsonNode run = gateway.newestRun(2);

    assertThat(gateway.runs()).hasSize(1);
    assertThat(run.get("modelCalls").asInt()).isEqualTo(2);
    assertThat(run.get("status").asString()).isEqualTo("finished");
  }

  @Test
  void knowsARunAgainAfterARestart() {
    chat(ASKED).answered(calling("call_1"));
    gateway.newestRun(1);
    gateway.close();
    gateway = new GatewayServer(folder);
    chat(ASKED, calling("call_1"), RESULT.formatted("call_1")).answered(DONE);

    assertThat(gateway.newestRun(2).get("modelCalls").asInt()).isEqualTo(2);
    assertThat(gateway.runs()).hasSize(1);
  }

  @Test
  void tellsTwoRunsApartThatGoAlike() {
    chat(ASKED).answered(calling("call_1"));
    chat(ASKED).answered(calling("call_2"));
    chat(ASKED, calling("call_1"), RESULT.formatted("call_1")).answered(DONE);
    chat(ASKED, calling("call_2"), RESULT.formatted("call_2")).answered(DONE);

    gateway.newestRun(4);

    assertThat(gateway.runs()).hasSize(2);
    for (JsonNode run : gateway.runs()) {
      assertThat(run.get("modelCalls").asInt()).isEqualTo(2);
      assertThat(run.get("status").asString()).isEqualTo("finished");
    }
  }

  @Test
  void putsCallsThatNameTheSameRunTogether() {
    answers(told(DONE));
    GatewayServer.bytes(gateway.post("/v1/chat/completions", body(ASKED), "x-steward-run", "r-7"));
    answers(told(DONE));
    GatewayServer.bytes(
        gateway.post(
            "/v1/chat/completions",
            body("{\"role\":\"user\",\"content\":\"Something else.\"}"),
            "x-steward-run",
            "r-7"));

    assertThat(gateway.newestRun(2).get("modelCalls").asInt()).isEqualTo(2);
    assertThat(gateway.runs()).hasSize(1);
  }

  @Test
  void followsAResponseThatTheProviderKeeps() {
    String told =
        """
        {"id":"%s","object":"response","status":"completed","model":"gpt-5","output":[%s],\
        "usage":{"input_tokens":5,"output_tokens":2,"total_tokens":7}}\
        """;
    ask(
        "/v1/responses",
        "{\"model\":\"main\",\"input\":\"Refund order 7.\"}",
        told.formatted(
            "resp_1",
            "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"pay\",\"arguments\":\"{}\"}"));
    ask(
        "/v1/responses",
        """
        {"model":"main","previous_response_id":"resp_1","input":[\
        {"type":"function_call_output","call_id":"c1","output":"paid"}]}\
        """,
        told.formatted(
            "resp_2",
            """
            {"type":"message","role":"assistant",\
            "content":[{"type":"output_text","text":"Refunded."}]}\
            """));

    assertThat(gateway.newestRun(2).get("status").asString()).isEqualTo("finished");
    assertThat(gateway.runs()).hasSize(1);
  }

  private record Question(StitchedRunsTest test, String body) {
    void answered(String message) {
      test.ask("/v1/chat/completions", body, told(message));
    }
  }

  private Question chat(String... messages) {
    return new Question(this, body(messages));
  }

  private void ask(String path, String body, String answer) {
    answers(answer);
    assertThat(gateway.post(path, body)).satisfies(r -> GatewayServer.bytes(r));
  }

  private void answers(String body) {
    gateway
        .provider()
        .next((request, out) ->
            ScriptedProvider.whole(
                out, 200, "application/json", body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String body(String... messages) {
    return "{\"model\":\"main\",\"messages\":[%s]}".formatted(String.join(",", List.of(messages)));
  }

  private static String told(String message) {
    return """
    {"id":"chatcmpl-1","model":"gpt-5","choices":[{"index":0,"message":%s,\
    "finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
    """
        .formatted(message);
  }

  private static String calling(String id) {
    return """
    {"role":"assistant","content":null,"tool_calls":[{"id":"%s","type":"function",\
    "function":{"name":"pay","arguments":"{\\"order\\": 7}"}}]}\
    """
        .formatted(id);
  }
}

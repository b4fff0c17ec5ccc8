// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Whole answers that are too large for being held just so, through the whole server.
class LargeAnswersTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell all.\"}]}";
  private static final String ANSWER =
      """
      {"id":"c-1","object":"chat.completion","created":1,"model":"gpt-5","choices":[{"index":0,\
      "message":{"role":"assistant","content":"%s","tool_calls":[%s]},\
      "finish_reason":"tool_calls"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """;
  private static final String MESSAGE =
      """
      {"id":"m-1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":\
      [{"type":"text","text":"%s"}],"stop_reason":"end_turn","usage":{"input_tokens":9,"output_tokens":3}}\
      """;

  @TempDir Path folder;
  private ProposalServer server;

  @BeforeEach
  void open() {
    server = new ProposalServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void holdsBackWhatIsDenied() {
    server.policy(ProposalServer.POLICY);
    String words = "слово ".repeat(2_000_000);
    plays(ANSWER.formatted(words, call("call_1", "delete_all") + "," + call("call_2", "note")));

    String said = server.ask("/v1/chat/completions", ASK);

    JsonNode message = ProposalServer.json(said).at("/choices/0/message");
    assertThat(message.at("/tool_calls")).hasSize(1);
    assertThat(message.at("/tool_calls/0/id").asString()).isEqualTo("call_2");
    String content = message.at("/content").asString();
    assertThat(content.startsWith(words)).isTrue();
    assertThat(content.substring(words.length()))
        .contains("the tool delete_all, which was not executed")
        .hasSizeLessThan(400);
    JsonNode proposals = server.proposals(1);
    assertThat(proposals.at("/0/heldBack").asBoolean()).isTrue();
    assertThat(proposals.at("/1/heldBack").asBoolean()).isFalse();
    assertThat(server.gateway.newestSpan(1).get("inputTokens").asInt()).isEqualTo(9);
  }

  @Test
  void passesWhatIsAllowedByteForByte() {
    server.policy(ProposalServer.POLICY);
    String answer =
        ANSWER
            .formatted("word ".repeat(4_000_000), call("call_1", "note"))
            .replace("\"index\"", "  \"index\" ");
    plays(answer);

    assertThat(server.ask("/v1/chat/completions", ASK).equals(answer)).isTrue();
    assertThat(server.gateway.newestSpan(1).get("outputTokens").asInt()).isEqualTo(3);
  }

  @Test
  void refusesWhatIsTooLargeToBeLookedAt() {
    server.policy(ProposalServer.POLICY);
    server
        .gateway
        .provider()
        .always((request, out) -> {
          long length = (100L << 20) + 1;
          ScriptedProvider.head(out, 200, "application/json", "Content-Length: " + length);
          byte[] piece = new byte[1 << 16];
          for (long sent = 0; sent < length; sent += piece.length) {
            out.write(piece, 0, (int) Math.min(piece.length, length - sent));
          }
        });

    HttpResponse<InputStream> response = server.gateway.post("/v1/chat/completions", ASK);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(new String(GatewayServer.bytes(response), StandardCharsets.UTF_8))
        .contains("larger than 100 MB", "its tool calls cannot be looked at");
  }

  @Test
  void refusesArgumentsThatAreTooLongAsInAStream() {
    server.policy(ProposalServer.POLICY);
    String arguments = "{\\\"text\\\":\\\"" + "w".repeat(9 << 20) + "\\\"}";
    plays(ANSWER.formatted("", call("call_1", "note").replace("{}", arguments)));

    String said = server.ask("/v1/chat/completions", ASK);

    assertThat(said.length()).isLessThan(2_000);
    assertThat(said).contains("note", "not executed").doesNotContain("wwww");
  }

  @Test
  void translatesALargeAnswerOfAnotherDialect() {
    String words = "word ".repeat(2_000_000);
    plays(MESSAGE.formatted(words));

    String said = server.ask("/v1/chat/completions", ASK.replace("main", "claude"));

    JsonNode chat = ProposalServer.json(said);
    assertThat(chat.at("/object").asString()).isEqualTo("chat.completion");
    assertThat(chat.at("/choices/0/message/content").asString().equals(words)).isTrue();
  }

  @Test
  void refusesToTranslateWhatIsLarger() {
    plays(MESSAGE.formatted("word ".repeat(4_000_000)));

    String said = server.ask("/v1/chat/completions", ASK.replace("main", "claude"));

    assertThat(said.length()).isLessThan(1_000);
    assertThat(said).contains("larger than 16 MB", "put into the dialect");
  }

  private void plays(String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    assertThat(bytes.length).isGreaterThan(8 << 20);
    server
        .gateway
        .provider()
        .always((request, out) -> ScriptedProvider.whole(out, 200, "application/json", bytes));
  }

  private static String call(String id, String name) {
    return "{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"{}\"}}"
        .formatted(id, name);
  }
}

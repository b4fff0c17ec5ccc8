// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolEnding;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WaitingTest {
  private static final ToolEnding.Pending PENDING =
      new ToolEnding.Pending("ap-1", "http://steward/approvals/ap-1", Instant.EPOCH, "Ask Dana.");

  @Test
  void theClientIsSentToThePage() {
    ObjectNode result = Waiting.wrap(PENDING, call(""));

    assertThat(result.path("resultType").asString()).isEqualTo("input_required");
    ObjectNode params =
        RpcJson.child(result.path("inputRequests").path("steward-approval"), "params");
    assertThat(params.path("mode").asString()).isEqualTo("url");
    assertThat(params.path("url").asString()).isEqualTo("http://steward/approvals/ap-1");
    assertThat(result.has("requestState")).isFalse();
  }

  @Test
  void theServerGetsBackWhatWasItsOwn() {
    String own =
        ",\"requestState\":\"of the server\",\"inputResponses\":{\"q\":{\"action\":\"accept\"}}";
    RpcMessage asked = call(own);
    String state = Waiting.wrap(PENDING, asked).path("requestState").asString("");

    RpcMessage again =
        Waiting.unwrap(
            call(
                ",\"requestState\":\""
                    + state
                    + "\",\"inputResponses\":{\"steward-approval\":{\"action\":\"accept\"}}"));

    assertThat(again.params()).isEqualTo(asked.params());
    String twice =
        Waiting.wrap(PENDING, call(",\"requestState\":\"" + state + "\""))
            .path("requestState")
            .asString("");
    assertThat(twice).isEqualTo(state);
  }

  @Test
  void aCallThatIsNotOursStaysAsItIs() {
    RpcMessage asked = call(",\"requestState\":\"x\",\"inputResponses\":{\"q\":{}}");
    assertThat(Waiting.unwrap(asked)).isSameAs(asked);
    assertThat(
            Waiting.unwrap(call(",\"requestState\":\"steward.1.%%%\""))
                .params()
                .has("requestState"))
        .isFalse();
  }

  private static RpcMessage call(String more) {
    return RpcMessage.of(
        RpcJson.read(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\""
                + more
                + "}}"));
  }
}

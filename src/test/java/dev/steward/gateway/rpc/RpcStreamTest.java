// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RpcStreamTest {
  private static final String ONE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":1.10}}";
  private static final String TWO = "{\"jsonrpc\":\"2.0\",\"method\":\"a\"}";

  @Test
  void eventsAreReadWhateverEndsTheirLines() throws IOException {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      String text =
          String.join(
              end,
              ": comment",
              "id: 7",
              "retry: 20",
              "data:",
              "",
              "event: message",
              "data: {\"jsonrpc\":\"2.0\",",
              "data: \"method\":\"a\"}",
              "",
              "data:" + ONE,
              "id: 8",
              "",
              "data: {\"cut\"");
      RpcStream stream = RpcStream.events(in(text), 1000);
      assertThat(all(stream)).containsExactly(TWO, ONE);
      assertThat(stream.lastId()).isEqualTo("8");
      assertThat(stream.retryMillis()).isEqualTo(20);
    }
  }

  @Test
  void valuesAreReadOneAfterTheOther() throws IOException {
    assertThat(all(RpcStream.values(in(TWO + "\n" + ONE), 1000))).containsExactly(TWO, ONE);
  }

  @Test
  void whatIsTooLargeIsNotRead() {
    assertThatThrownBy(() -> all(RpcStream.events(in("data: " + ONE + "\n\n"), 10)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> all(RpcStream.values(in(ONE), 10))).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoMessageIsRefused() {
    assertThatThrownBy(() -> all(RpcStream.values(in("{\"a\":1}"), 1000)))
        .isInstanceOf(RpcException.class);
    assertThatThrownBy(() -> all(RpcStream.events(in("data: {\n\n"), 1000)))
        .isInstanceOf(RpcException.class);
    String twice = "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"method\":\"b\"}";
    assertThatThrownBy(() -> RpcMessage.read(twice.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RpcException.class);
  }

  private static List<String> all(RpcStream stream) throws IOException {
    List<String> all = new ArrayList<>();
    for (RpcMessage next = stream.next(); next != null; next = stream.next()) {
      all.add(new String(RpcJson.bytes(next.json()), StandardCharsets.UTF_8));
    }
    return all;
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}

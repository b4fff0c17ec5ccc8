// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class McpHeadersTest {
  @Test
  void whatNoHeaderMayHoldIsEncoded() {
    assertThat(McpHeaders.written("echo")).isEqualTo("echo");
    for (String value : new String[] {"Zürich", " a", "a ", "a\nb", "=?base64?YQ==?=", "日本"}) {
      assertThat(McpHeaders.written(value)).startsWith("=?base64?").endsWith("?=");
      assertThat(McpHeaders.read(McpHeaders.written(value))).contains(value);
    }
  }

  @Test
  void whatIsWrittenWronglyMeansNothing() {
    assertThat(McpHeaders.read("=?base64?%%%?=")).isEmpty();
    assertThat(McpHeaders.read("=?base64?YQ==")).isEmpty();
    assertThat(McpHeaders.read("=?base64?=")).isEmpty();
    assertThat(McpHeaders.read("a\u00fc")).isEmpty();
    assertThat(McpHeaders.read("  a b ")).contains("a b");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.wire.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ParamHeadersTest {
  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "city":{"type":"string","x-mcp-header":"City"},
        "at":{"type":"object","properties":{"day":{"type":"integer","x-mcp-header":"Day"}}}}}\
      """;

  private final ParamHeaders headers = ParamHeaders.of(RpcJson.read(SCHEMA)).orElseThrow();

  @Test
  void whatFitsIsNotWrong() {
    JsonNode arguments = RpcJson.read("{\"city\":\"Zürich\",\"at\":{\"day\":3}}");
    List<Header> sent =
        List.of(
            new Header("mcp-param-city", McpHeaders.written("Zürich")),
            new Header("Mcp-Param-Day", "3.0"));
    assertThat(headers.wrong(sent, arguments)).isEmpty();
  }

  @Test
  void whatDiffersOrIsMissingIsWrong() {
    JsonNode arguments = RpcJson.read("{\"city\":\"Paris\",\"at\":{\"day\":3}}");
    Header day = new Header("Mcp-Param-Day", "3");
    assertThat(headers.wrong(List.of(day), arguments)).isPresent();
    assertThat(headers.wrong(List.of(day, new Header("Mcp-Param-City", "paris")), arguments))
        .isPresent();
    assertThat(headers.wrong(List.of(day), RpcJson.read("{\"at\":{\"day\":4}}"))).isPresent();
    assertThat(headers.wrong(List.of(day), RpcJson.object())).isPresent();
  }

  @Test
  void headersAreWrittenAnewAndUnknownOnesStay() {
    List<Header> sent =
        List.of(new Header("Mcp-Param-City", "Paris"), new Header("Mcp-Param-Tenant", "a"));
    assertThat(headers.headers(sent, RpcJson.read("{\"city\":\"Rome\"}")))
        .containsExactly(new Header("Mcp-Param-Tenant", "a"), new Header("Mcp-Param-City", "Rome"));
  }

  @Test
  void aSchemaThatNobodyCanFollowIsNone() {
    assertThat(of("{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}")).isEmpty();
    assertThat(of("{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A b\"}}")).isEmpty();
    assertThat(
            of(
                "{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}}"))
        .isEmpty();
    assertThat(
            of(
                "{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}"))
        .isEmpty();
    assertThat(of("{\"a\":{\"type\":\"string\"}}")).isPresent();
  }

  private static Optional<ParamHeaders> of(String properties) {
    return ParamHeaders.of(RpcJson.read("{\"type\":\"object\",\"properties\":" + properties + "}"));
  }
}

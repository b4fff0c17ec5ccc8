// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.asking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Credential;
import dev.steward.domain.resource.ToolServer.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ElicitationsTest {
  private final Elicitations elicitations = new Elicitations(List.of("login.corp.internal"));
  private final ToolServer server =
      new ToolServer(
          new Metadata("crm", Map.of()),
          "dana@example.com",
          ToolServer.Type.MCP,
          "http://10.1.2.3:9/mcp",
          "",
          List.of(),
          Map.of(),
          Credential.NONE,
          Reach.USUAL,
          List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://accounts.example.com/login?x=1",
        "https://login.corp.internal/a",
        "http://10.1.2.3:9/consent",
        "https://10.1.2.3/consent"
      })
  void aPageThatAnybodyReachesOrThatIsKnownIsShown(String url) {
    assertThat(page(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://accounts.example.com/login",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user@example.com/",
        "https://127.0.0.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://[::1]/",
        "https://localhost/",
        "https://printer.local./",
        "https://intranet/",
        "https://wiki.corp.internal/",
        "http://login.corp.internal/",
        "https://exa mple.com/",
        ""
      })
  void anyOtherPageIsNot(String url) {
    assertThat(page(url)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "userPassword",
        "api_key",
        "apiKey",
        "client-secret",
        "accessToken",
        "token",
        "cardNumber",
        "cvv",
        "PIN",
        "otp"
      })
  void aFormAsksForNoSecret(String field) {
    assertThat(form("Please fill in.", field, "string")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "email",
        "account",
        "tokenCount",
        "keyboard",
        "spinner",
        "opinion",
        "monkey",
        "passenger",
        "postcode"
      })
  void whatOnlySoundsAlikeIsAskedFor(String field) {
    assertThat(form("Please fill in.", field, "string")).isEmpty();
  }

  @Test
  void aSecretIsFoundInTheWordsToo() {
    assertThat(form("Enter your GitHub password to go on.", "answer", "string")).isPresent();
    assertThat(form("Do you want to change the colour?", "answer", "boolean")).isEmpty();
  }

  @Test
  void anotherWayOfAskingIsNotKnown() {
    assertThat(elicitations.wrong(server, object("{\"mode\":\"popup\"}"))).isPresent();
  }

  private Optional<String> page(String url) {
    ObjectNode asked = object("{\"mode\":\"url\",\"message\":\"Please log in.\"}");
    asked.put("url", url);
    return elicitations.wrong(server, asked);
  }

  private Optional<String> form(String message, String field, String type) {
    ObjectNode asked = object("{}");
    asked.put("message", message);
    ObjectNode schema = asked.putObject("requestedSchema").put("type", "object");
    schema.putObject("properties").putObject(field).put("type", type);
    return elicitations.wrong(server, asked);
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "false",
        "null",
        "0",
        "7",
        "123456789",
        "1234567890",
        "-4",
        "1.5",
        "2e3",
        "12345678901234567890",
        "\"\"",
        "\"gpt-5\"",
        "\"with \\\"marks\\\" in it\"",
        "\"\\u00e9\"",
        "\"café\"",
        "\"two words, and 'more'\"",
        "{\"include_usage\":true}",
        "[1,2]"
      })
  void readsAMemberAsTheLibraryDoes(String value) {
    assertThat(body("{\"a\":" + value + ",\"b\":1}").read("a"))
        .isEqualTo(JsonMapper.shared().readTree(value));
    assertThat(body("{ \"a\" : " + value + " }").read("a"))
        .isEqualTo(JsonMapper.shared().readTree(value));
  }

  @Test
  void readsALongTextAsTheLibraryDoes() {
    String value = "\"" + "word ".repeat(100) + "\"";

    assertThat(body("{\"a\":" + value + "}").read("a"))
        .isEqualTo(JsonMapper.shared().readTree(value));
  }

  @Test
  void refusesAMemberThatIsThereTwice() {
    assertThatThrownBy(() -> body("{\"a\":1,\"a\":2}")).isInstanceOf(RefusedException.class);
  }

  private static JsonBody body(String json) {
    return JsonBody.of(json.getBytes(StandardCharsets.UTF_8));
  }
}

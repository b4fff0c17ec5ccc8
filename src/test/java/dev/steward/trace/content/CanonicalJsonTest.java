// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void escapesWhatJsonMustEscapeAndNothingElse() {
    StringBuilder all = new StringBuilder("begin");
    for (char c = 0; c < 0x250; c++) {
      all.append(c).append("between");
    }
    all.append("\u2028\u2029\uD83D\uDE00\uFFFD end");
    for (String text : new String[] {all.toString(), "", "\"", "\\\\", "\n", "plain"}) {
      assertThat(CanonicalJson.write(JSON.getNodeFactory().stringNode(text)))
          .isEqualTo(JSON.writeValueAsString(text));
    }
  }

  @Test
  void sortsMembersAndKeepsTheOrderOfLists() {
    String written =
        CanonicalJson.write(
            JSON.readTree(
                """
                {"b": [3, 1, {"z": null, "a": true}], "a\\n": "x\\ty", "": {}, "c": [], "n": 1.50}
                """));

    assertThat(written)
        .isEqualTo(
            "{\"\":{},\"a\\n\":\"x\\ty\",\"b\":[3,1,{\"a\":true,\"z\":null}],\"c\":[],\"n\":1.5}");
  }

  @Test
  void aTextIsBroughtToTheFormOfItsTree() {
    for (String json :
        List.of(
            "{}",
            "{\"b\":1,\"a\":\"x\"}",
            "{\"b\":[\"stop\",2,[]],\"a\":true,\"c\":null,\"ab\":false,\"a.b\":\"ä 😀\"}",
            "{\"n\":0.003421,\"m\":1.0E-5,\"l\":-12,\"k\":123456789012345678,\"j\":-0,\"i\":1.50,"
                + "\"h\":1E5,\"g\":12345678901234567890123,\"f\":0.1}",
            "{\"b\":1.50,\"a\":1}",
            "{\"b\":-0,\"a\":1}",
            "{\"b\":1E400,\"a\":1}",
            "{\"b\":\"\\u00e9\\/\",\"a\":\"\\n\"}",
            "{\"z\":{\"b\":1,\"a\":2},\"a\":[{\"d\":1,\"c\":2}]}",
            " { \"b\" : 1 , \"a\" : 2 } ",
            "{\"a\":1,\"a\":2}",
            "[3,1]")) {
      assertThat(CanonicalJson.of(json))
          .as(json)
          .isEqualTo(CanonicalJson.write(JSON.readTree(json)));
    }
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String json :
        List.of("{\"a\":1", "{\"a\":1}x", "{\"a\"1}", "{\"a\":01}", "{\"a\":tru}", "{,}")) {
      assertThatThrownBy(() -> CanonicalJson.of(json))
          .as(json)
          .isInstanceOf(JacksonException.class);
    }
  }
}

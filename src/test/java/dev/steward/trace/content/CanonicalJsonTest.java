// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
}

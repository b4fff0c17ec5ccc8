// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.tool.JsonSchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RedactionTest {
  @Test
  void aFieldIsMaskedInEveryItemOfAList() {
    assertThat(
            redacted(
                "{\"structuredContent\":{\"people\":[{\"iban\":\"A\"},{\"iban\":\"B\"},{}]}}",
                "{}",
                "people.iban"))
        .isEqualTo(
            "{\"structuredContent\":{\"people\":[{\"iban\":\"[redacted]\"},{\"iban\":\"[redacted]\"},{}]}}");
  }

  @Test
  void whatStandsInItsPlaceFitsTheSchema() {
    String number = "{\"type\":\"object\",\"properties\":{\"sum\":{\"type\":\"number\"}}";
    assertThat(redacted("{\"structuredContent\":{\"sum\":7}}", number + "}", "sum"))
        .isEqualTo("{\"structuredContent\":{}}");
    assertThat(
            redacted(
                "{\"structuredContent\":{\"sum\":7}}", number + ",\"required\":[\"sum\"]}", "sum"))
        .isEqualTo("{\"structuredContent\":{\"sum\":0}}");
  }

  @Test
  void aSchemaThatDemandsTheFieldAsItIsLeavesNoWay() {
    ObjectNode result = (ObjectNode) CanonicalJson.read("{\"structuredContent\":{\"sum\":7}}");
    JsonSchema schema =
        JsonSchema.of(
            "{\"type\":\"object\",\"properties\":{\"sum\":{\"const\":7}},\"required\":[\"sum\"]}");

    assertThat(Redaction.of(result, List.of("sum"), schema)).isEqualTo(Optional.empty());
  }

  @Test
  void jsonInTextIsRedactedAndOtherTextIsWithheld() {
    assertThat(
            redacted(
                "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"iban\\\":\\\"DE1\\\"}\"}]}",
                "{}",
                "iban"))
        .doesNotContain("DE1")
        .contains("[redacted]");
    assertThat(redacted("{\"content\":[{\"type\":\"text\",\"text\":\"iban: DE1\"}]}", "{}", "iban"))
        .doesNotContain("DE1")
        .contains("withheld");
  }

  @Test
  void aValueTooShortToBeFoundInTextWithholdsTheText() {
    assertThat(
            redacted(
                "{\"structuredContent\":{\"pin\":\"42\"},\"content\":[{\"type\":\"text\",\"text\":\"it"
                    + " is 42\"}]}",
                "{}",
                "pin"))
        .doesNotContain("42");
  }

  @Test
  void anErrorIsToldInItsOwnWords() {
    assertThat(
            redacted(
                "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"no such order\"}]}",
                "{}",
                "iban"))
        .contains("no such order");
  }

  private static String redacted(String result, String schema, String field) {
    return Redaction.of(
            (ObjectNode) CanonicalJson.read(result), List.of(field), JsonSchema.of(schema))
        .map(ObjectNode::toString)
        .orElse("");
  }
}

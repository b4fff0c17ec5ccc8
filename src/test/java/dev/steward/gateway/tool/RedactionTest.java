// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.tool.JsonSchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
  void anErrorInFreeTextIsWithheldToo() {
    assertThat(
            redacted(
                "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"DE1 has no such"
                    + " order\"}]}",
                "{}",
                "iban"))
        .doesNotContain("DE1")
        .contains("\"isError\":true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"iban\":null}", "{\"iban\":1234}", "{\"people\":[]}"})
  void textIsWithheldWhereNothingToLookForWasFound(String structured) {
    assertThat(
            redacted(
                "{\"structuredContent\":"
                    + structured
                    + ",\"content\":[{\"type\":\"text\",\"text\":\"iban: DE1, pin 1,234\"}]}",
                "{}",
                "iban"))
        .doesNotContain("DE1", "1,234")
        .contains("withheld");
  }

  @Test
  void textIsWithheldWhereOneOfTheFieldsWasNotFound() {
    assertThat(
            redacted(
                "{\"structuredContent\":{\"name\":\"Ann"
                    + " Jones\"},\"content\":[{\"type\":\"text\",\"text\":\"DE1\"}]}",
                "{}",
                "name",
                "iban"))
        .doesNotContain("DE1");
  }

  @Test
  void aValueThatIsFoundInTextIsTakenOutOfIt() {
    assertThat(
            redacted(
                "{\"structuredContent\":{\"iban\":\"DE1\"},\"content\":[{\"type\":\"text\",\"text\":\"it"
                    + " is DE1.\"}]}",
                "{}",
                "iban"))
        .doesNotContain("DE1")
        .contains("it is [redacted].");
  }

  @Test
  void bytesAreWithheld() {
    String blob = "{\"uri\":\"a:b\",\"mimeType\":\"application/pdf\",\"blob\":\"REUx\"}";
    for (String result :
        List.of(
            "{\"contents\":[" + blob + "]}",
            "{\"content\":[{\"type\":\"resource\",\"resource\":" + blob + "}]}",
            "{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"resource\",\"resource\":"
                + blob
                + "}}]}",
            "{\"content\":[{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"REUx\"}]}",
            "{\"content\":[{\"type\":\"of tomorrow\",\"said\":\"REUx\"}]}")) {
      assertThat(redacted(result, "{}", "iban")).doesNotContain("REUx").contains("withheld");
    }
  }

  @Test
  void structuredContentThatHasNoFieldsLeavesNoWay() {
    assertThat(redacted("{\"structuredContent\":\"DE1\"}", "{}", "iban")).isEmpty();
  }

  private static String redacted(String result, String schema, String... fields) {
    return Redaction.of(
            (ObjectNode) CanonicalJson.read(result), List.of(fields), JsonSchema.of(schema))
        .map(ObjectNode::toString)
        .orElse("");
  }
}

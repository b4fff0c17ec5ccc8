// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The golden cases. With WRITE_CASES=1 what is given now is written into them.
class TranslationCasesTest {

  static List<Case> translated() {
    List<Case> cases = Case.translated();
    if ("1".equals(System.getenv("WRITE_CASES"))) {
      cases.forEach(Case::rewrite);
    }
    return cases;
  }

  static List<Case> refused() {
    return Case.all().stream().filter(c -> c.json().has("refused")).toList();
  }

  @ParameterizedTest
  @MethodSource("translated")
  void requestsAndAnswersAreTranslatedAsWritten(Case given) {
    JsonNode json = given.json();
    Translation.Translated translated = given.translation();
    assertThat(translated.path())
        .isEqualTo(given.fromChat() ? "/v1/messages" : "/v1/chat/completions");
    assertThat(Fields.JSON.readTree(translated.request())).isEqualTo(json.path("translated"));
    for (JsonNode answer : json.path("answers")) {
      Answers.Whole whole = given.whole(answer);
      assertThat(whole.status()).isEqualTo(answer.path("want").path("status").intValue());
      assertThat(Fields.JSON.readTree(whole.body())).isEqualTo(answer.path("want").path("body"));
    }
    for (JsonNode stream : json.path("streams")) {
      assertThat(Case.events(given.streamed(stream))).isEqualTo(stream.path("want"));
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatTheOtherDialectCannotSayIsRefusedByFieldAndReason(Case given) {
    assertThat(given.translation(given.json().path("base")))
        .isInstanceOf(Translation.Translated.class);
    for (JsonNode refused : given.json().path("refused")) {
      ObjectNode request = ((ObjectNode) given.json().path("base")).deepCopy();
      request.setAll((ObjectNode) refused.path("with"));
      Translation translation = given.translation(request);
      assertThat(translation).as(refused.toString()).isInstanceOf(Translation.Untranslatable.class);
      Translation.Untranslatable reason = (Translation.Untranslatable) translation;
      assertThat(reason.field()).isEqualTo(refused.path("field").stringValue());
      assertThat(reason.reason()).endsWith(".");
    }
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    Target target = new Target("m", 100);
    for (String body : List.of("", "{", "[]", "null", "{}", "{\"model\":1}", "{\"a\":1,\"a\":2}")) {
      for (String from : List.of("chat", "messages")) {
        assertThat(
                Case.translate(
                    from, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), target))
            .isInstanceOf(Translation.Untranslatable.class);
      }
    }
  }
}

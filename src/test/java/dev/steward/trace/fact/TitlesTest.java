// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.trace.SpanDraft;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class TitlesTest {
  private static String titleOf(String said) {
    List<Message> input = List.of(SpanDraft.message("system", "Be kind."), SpanDraft.user(said));
    return Titles.of(new Content(input, List.of(), null, null, null, null, null));
  }

  @Test
  void isWhatThePersonAskedInOneLine() {
    assertThat(titleOf("  Where is  my order? \\n It was paid. "))
        .isEqualTo("Where is my order? It was paid.");
  }

  @Test
  void isCutAtItsLongestAndSaysSo() {
    assertThat(titleOf("a".repeat(120))).isEqualTo("a".repeat(120));
    assertThat(titleOf("a".repeat(121))).isEqualTo("a".repeat(119) + "…");
  }

  @Test
  void neverCutsACharacterInTwo() {
    assertThat(titleOf("a".repeat(118) + "😀 and more")).isEqualTo("a".repeat(118) + "…");
  }

  @Test
  void isTheSameHoweverMuchFollows() {
    String cut = "a".repeat(119) + "…";
    String long1 = "a".repeat(200);
    assertThat(titleOf(long1 + " he said \\\"no\\\" and left")).isEqualTo(cut);
    assertThat(titleOf(long1 + "\\n\\\\")).isEqualTo(cut);
    assertThat(titleOf("a".repeat(120) + "\\n\\n")).isEqualTo("a".repeat(120));
    assertThat(titleOf("a".repeat(120) + "\\nb")).isEqualTo(cut);
    assertThat(titleOf("Say \\\"hi\\\" to " + long1)).startsWith("Say \"hi\" to aaa");
    assertThat(titleOf(" ".repeat(5_000) + "late")).isEqualTo("late");
    assertThat(titleOf("b" + " ".repeat(5_000) + "late")).isEqualTo("b late");
  }

  @Test
  void isOfTheFirstPartThatIsAText() {
    String blob = "QUJD".repeat(100);
    for (String first : List.of(blob, blob + "\\n", "")) {
      Message message =
          Message.of(
              "{\"parts\":[{\"content\":\""
                  + first
                  + "\",\"type\":\"blob\"},{\"content\":\"Look.\",\"type\":\"text\"}],\"role\":\"user\"}");
      assertThat(Titles.of(new Content(List.of(message), List.of(), null, null, null, null, null)))
          .isEqualTo("Look.");
    }
  }

  @Test
  void isNoPrintedObject() {
    String called =
        "{\\\"agent\\\": \\\"id=UUID('5b92') llm=<crewai.llm.LLM object at 0x7885>\\\"}";
    assertThat(titleOf(called)).isEmpty();
    assertThat(titleOf("<crewai.llm.LLM object at 0x7885>")).isEmpty();
    assertThat(titleOf("{\\\"run_response\\\": \\\"RunResponse(content=None, event='x')\\\"}"))
        .isEmpty();
    assertThat(titleOf("{\\\"call\\\": \\\"make(1)\\\"}")).isNotEmpty();
  }

  @Test
  void mayBeAboutAPrintedObject() {
    String asked = "Why does it print <Foo object at 0x7885>?";
    assertThat(titleOf(asked)).isEqualTo(asked);
  }

  @Test
  void isEmptyWhereNobodySaidAnything() {
    assertThat(titleOf(" \\t ")).isEmpty();
  }
}

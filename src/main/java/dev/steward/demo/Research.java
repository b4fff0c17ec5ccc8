// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.ScriptedModel;
import java.util.List;
import java.util.Map;

/// Writes short market notes and hands the fact check to a sub-agent. Its stories: a note that is
/// checked and sent, a day on which the model is slow, and a question that costs many times the
/// usual.
final class Research implements Role {
  private static final String INSTRUCTIONS =
      """
      You write market notes of one page. Every number needs a source from the library. Before you \
      hand a note in, have fact-check verify it.\
      """;
  private static final String CHECKER =
      "You verify notes. For every number, find the source and answer with the list of numbers that"
          + " do not hold.";
  private static final List<String> TOPICS =
      List.of(
          "heat pumps in Norway",
          "cold chain logistics",
          "used electric vans",
          "recycled aluminium",
          "grid batteries in Texas",
          "refurbished phones");

  @Override
  public String agent() {
    return "research";
  }

  @Override
  public int runsPerDay() {
    return 18;
  }

  @Override
  public List<String> tools() {
    return List.of("library_read", "delegate");
  }

  @Override
  public List<Integer> opening(int from) {
    return List.of(StoryNumber.next(from, 29, 17), from);
  }

  @Override
  public void play(Stage stage, Timeline timeline, StoryNumber number) throws InterruptedException {
    String topic = TOPICS.get(stage.dice().nextInt(TOPICS.size()));
    boolean slow = number.isEvery(11, 3);
    ScriptedModel model = slow ? ScriptedModel.SONNET.slowedBy(4) : ScriptedModel.SONNET;
    Act act =
        Act.begin(
                stage,
                timeline,
                "note-%d-%d".formatted(number.day(), number.run()),
                INSTRUCTIONS,
                model)
            .of("market-note", "note-" + topic.replace(' ', '-') + "-" + number.day());
    act.hears("A page on %s, please: size, growth, three players.".formatted(topic));
    if (number.isEvery(7, 2)) {
      act.meets(529);
    }
    int sources = number.isEvery(29, 17) ? 26 : 2 + stage.dice().nextInt(3);
    for (int source = 1; source <= sources; source++) {
      reads(act, topic, source, sources > 20);
    }
    act.delegates(
        "fact-check",
        "Check the note on %s: 4.1 bn USD in 2025, 12 %% growth, 31 suppliers.".formatted(topic),
        CHECKER,
        ScriptedModel.GPT_5_MINI,
        Research::checks);
    act.says(
        "%s: a market of 4.1 bn USD in 2025 that grows by 12 %% a year. Three players hold 58 %% of it. Sources 1 to %d are attached."
            .formatted(topic, sources));
    act.ends("success", 1);
  }

  private static void reads(Act act, String topic, int source, boolean whole)
      throws InterruptedException {
    String text =
        "Source %d on %s. The market reached 4.1 bn USD in 2025. "
            .formatted(source, topic)
            .repeat(whole ? 90 : 4);
    act.uses(
        "library_read",
        Map.of("topic", topic, "item", source),
        Map.of("title", "Source " + source, "text", text));
  }

  private static void checks(Act checker) throws InterruptedException {
    checker.retrieves(
        "library", "market size 2025", List.of(Map.of("id", "lib-204", "score", 0.88)));
    checker.uses(
        "library_read",
        Map.of("topic", "market size", "item", 204),
        Map.of("title", "Yearbook", "text", "4.1 bn USD in 2025; growth 12 %; 31 suppliers."));
    checker.says("All three numbers hold, by item 204 of the library.");
  }
}

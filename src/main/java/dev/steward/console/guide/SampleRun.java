// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.guide;

import dev.steward.console.answer.Answer;
import dev.steward.console.conversation.Step;
import dev.steward.console.format.CostText;
import dev.steward.console.format.JsonRows;
import dev.steward.console.part.Mark;
import dev.steward.console.run.ContextFill;
import dev.steward.console.run.RunPage.Jump;
import dev.steward.console.run.RunPage.JumpLink;
import dev.steward.console.run.RunPage.Tab;
import dev.steward.console.run.StepView;
import dev.steward.console.run.WaterfallRow;
import dev.steward.console.turn.Block;
import dev.steward.domain.Cost;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a run's page, with a run that is made up.
final class SampleRun {
  private static final String HERE = "/styleguide";

  private SampleRun() {}

  static List<Tab> tabs() {
    return List.of(
        new Tab("Conversation", HERE, "1", "page"),
        new Tab("Waterfall", HERE, "2", null),
        new Tab("Graph", HERE, "3", null));
  }

  static List<Jump> jumps() {
    return List.of(
        new Jump("", "goal", List.of(new JumpLink("1", "#s-said")), ""),
        new Jump(
            "critical",
            "3 errors",
            List.of(new JumpLink("4", "#s-failed"), new JumpLink("9", "#s-failed")),
            "and 1 more"),
        new Jump("warning", "retries", List.of(new JumpLink("4", "#s-failed")), ""));
  }

  static List<Answer> answers() {
    return List.of(
        answer("Right action?", Mark.Tone.OK, "Yes", "the customer confirmed it"),
        answer("Right policy?", Mark.Tone.WARNING, "In part", "1 of 4 calls passed no gateway"),
        answer("Accounted cost?", Mark.Tone.UNKNOWN, "Unknown", "no price is known of one model"),
        answer("Provable?", Mark.Tone.CRITICAL, "No", "its entry differs from the ledger's"));
  }

  private static Answer answer(String question, Mark.Tone tone, String word, String evidence) {
    return new Answer(question, new Mark(tone, word), List.of(new Answer.Evidence(evidence, HERE)));
  }

  static List<StepView> steps() {
    return List.of(
        view(said()),
        new StepView(model(), HERE, new ContextFill("model", 171_000, 200_000)),
        view(tool()),
        view(failed()),
        view(handOver()));
  }

  private static StepView view(Step step) {
    return new StepView(step, HERE);
  }

  private static Step said() {
    return step(
        "said",
        1,
        Step.Kind.SAID,
        0,
        "Customer",
        "user",
        List.of(
            new Block.Folded(
                "instructions", "You decide claims of households.", true, "33 characters"),
            new Block.Said("My kettle leaks. Please pay claim C-118.", true, "40 characters")));
  }

  private static Step model() {
    return step(
        "model",
        2,
        Step.Kind.MODEL,
        0,
        "claims",
        "gpt-5",
        List.of(
            new Block.Said("I look at the claim first.", true, "26 characters"),
            new Block.Asked("claims__read", "s-tool")));
  }

  private static Step tool() {
    return step(
        "tool",
        3,
        Step.Kind.TOOL,
        0,
        "claims__read",
        "",
        List.of(
            new Block.Passed(
                "arguments", JsonRows.of("{\"claim\":\"C-118\",\"parts\":2}", 8), "", true, ""),
            new Block.Passed("result", List.of(), "paid on 12 March", true, ""),
            new Block.Because("model", "by the id of the call", false)));
  }

  private static Step failed() {
    return new Step(
        "s-failed",
        4,
        "failed",
        Step.Kind.TOOL,
        1,
        "claims__pay",
        "",
        "",
        List.of(
            new Step.Tag("try 2", "", ""),
            new Step.Tag("irreversible", "warning", "its effect cannot be taken back")),
        List.of(
            new Block.Because("", "no model step asked for it", true),
            new Block.Failed("refused: claim C-118 is paid already")),
        true,
        "",
        "1.4 s",
        CostText.of(new Cost.Unknown("its price is not known")));
  }

  private static Step handOver() {
    return new Step(
        "s-hand",
        5,
        "hand",
        Step.Kind.HANDOVER,
        1,
        "claims",
        "hands over to",
        "fraud-check",
        List.of(),
        List.of(),
        false,
        "",
        "",
        CostText.NONE);
  }

  private static Step step(
      String id,
      int number,
      Step.Kind kind,
      int depth,
      String who,
      String role,
      List<Block> blocks) {
    boolean model = kind == Step.Kind.MODEL;
    return new Step(
        "s-" + id,
        number,
        id,
        kind,
        depth,
        who,
        role,
        "",
        List.of(),
        blocks,
        false,
        model ? "171 k + 120" : "",
        kind == Step.Kind.SAID ? "" : "340 ms",
        model ? cost("0.0204") : CostText.NONE);
  }

  static List<WaterfallRow> rows() {
    return List.of(
        row(1, 0, "claims", "agent", "0", "100", cost("0.0204"), false),
        row(2, 1, "gpt-5", "model", "2", "38", cost("0.0204"), false),
        row(3, 1, "claims__read", "tool", "41", "12", CostText.NONE, false),
        row(4, 1, "claims__pay", "tool", "55", "44", null, true));
  }

  private static WaterfallRow row(
      int number,
      int depth,
      String name,
      String kind,
      String left,
      String width,
      @Nullable CostText cost,
      boolean failed) {
    return new WaterfallRow(
        "w-" + number,
        "w" + number,
        number,
        depth,
        0,
        name,
        kind,
        left,
        width,
        "340 ms",
        cost == null ? CostText.of(new Cost.Unknown("its price is not known")) : cost,
        failed);
  }

  private static CostText cost(String usd) {
    return CostText.of(new Cost.Known(new BigDecimal(usd), "USD", Cost.Source.PRICED, "x"));
  }
}

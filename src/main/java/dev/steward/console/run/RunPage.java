// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.conversation.Step;
import dev.steward.console.effect.EffectsPart;
import dev.steward.console.frame.Frame;
import dev.steward.console.graph.GraphPicture;
import dev.steward.console.part.Mark;
import dev.steward.console.signal.SignalsPart;
import dev.steward.console.step.StepDetail;
import dev.steward.console.web.Shown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run in one of its views.
///
/// @param tabs the views
/// @param hidden why content is left out, "" when it is not
/// @param jumps to what readers look for
/// @param steps of the conversation, from `from`
/// @param moreSteps address of those that follow, null at the end
/// @param beforeSteps address of those before, null at the start
/// @param fills of context windows, by the span of the step
/// @param stepsInAll of the whole conversation
/// @param judgements of the run and its steps
/// @param leftOut spans that are no step
/// @param rows of the waterfall; beside the conversation its first ones
/// @param spansInAll of the whole waterfall
/// @param beforeRows address of those before, null at the start
/// @param moreRows address of the rows that follow, null at the end
/// @param ticks of the axis of time
/// @param rowsSource address of all rows as JSON
/// @param graph in the graph view
/// @param spans raw, in the raw view, some at a time
/// @param beforeSpans address of those before, null at the start
/// @param moreSpans address of those that follow, null at the end
/// @param effects in the view of effects
/// @param signals in the view of signals
/// @param detail of the selected step, null when none is selected
/// @param base address of the run, for steps
public record RunPage(
    Frame frame,
    RunHead head,
    List<Tab> tabs,
    String view,
    String hidden,
    List<Jump> jumps,
    List<Step> steps,
    Map<String, ContextFill> fills,
    int stepsInAll,
    @Nullable String beforeSteps,
    @Nullable String moreSteps,
    List<Judgement> judgements,
    int leftOut,
    List<WaterfallRow> rows,
    int spansInAll,
    @Nullable String beforeRows,
    @Nullable String moreRows,
    List<String> ticks,
    String rowsSource,
    @Nullable GraphPicture graph,
    List<RawSpan> spans,
    @Nullable String beforeSpans,
    @Nullable String moreSpans,
    @Nullable EffectsPart effects,
    @Nullable SignalsPart signals,
    @Nullable StepDetail detail,
    String base) {

  /// One way to look at the run.
  ///
  /// @param key that switches to it
  public record Tab(String label, String href, String key, @Nullable String current) {}

  /// Something that readers look for, and the ways to it.
  ///
  /// @param tone class of its colour, "" for none
  /// @param words its name, with the count where there may be many
  /// @param more how many further places there are, "" for none
  public record Jump(String tone, String words, List<JumpLink> links, String more) {}

  /// What somebody said of the run or of a step.
  ///
  /// @param said its label and score
  /// @param why "" when nothing was said, or may be read
  /// @param href of the step it is about, null for the whole run
  public record Judgement(
      String name, Mark.Tone tone, String said, String why, String by, @Nullable String href) {}

  /// The way to one step.
  public record JumpLink(String number, String href) {}

  /// A span as JSON.
  ///
  /// @param open whether it is laid open
  public record RawSpan(String anchor, String title, String kind, boolean open, String json) {}

  /// A step as it is drawn.
  public StepView view(Step step) {
    return StepView.of(step, base, fills);
  }

  /// The way to the steps that follow.
  public Further further() {
    return new Further(moreSteps, stepsInAll);
  }

  /// Whether its steps can be gone through in time.
  public boolean plays() {
    return effects == null && signals == null && !view.equals("raw");
  }

  /// Whether the page is a picture of the whole run that does not change by itself.
  public boolean still() {
    return !frame.live().isEmpty() && !view.equals(RunSeen.CONVERSATION);
  }

  /// What the steps are, for the feed of a run that is at work.
  public String shownSteps() {
    Shown shown = Shown.fresh();
    steps.forEach(step -> shown.takes(step.anchor(), view(step)));
    if (moreSteps != null) {
      shown.takes(Further.ANCHOR, stepsInAll);
    }
    return shown.token();
  }

  RunPage withSteps(List<Step> only, Map<String, ContextFill> itsFills, @Nullable StepDetail of) {
    return new RunPage(
        frame,
        head,
        tabs,
        view,
        hidden,
        List.of(),
        only,
        itsFills,
        only.size(),
        null,
        null,
        List.of(),
        0,
        rows,
        spansInAll,
        beforeRows,
        moreRows,
        ticks,
        rowsSource,
        graph,
        spans,
        beforeSpans,
        moreSpans,
        effects,
        signals,
        of,
        base);
  }
}

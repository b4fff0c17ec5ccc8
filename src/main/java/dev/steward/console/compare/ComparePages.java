// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.compare;

import dev.steward.console.compare.ChoosePage.Choice;
import dev.steward.console.compare.ChoosePage.Group;
import dev.steward.console.conversation.Step;
import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.diff.LineMatch;
import dev.steward.console.diff.TextDiff;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Framer;
import dev.steward.console.joined.RelatedRuns;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.runs.RunRow;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.domain.Percent;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Makes the pages that compare two runs.
public final class ComparePages {
  private static final int CHOICES_MAX = 12;

  private final ConsoleViews views;
  private final Framer framer;

  public ComparePages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  /// Which run to compare it with.
  ///
  /// @param wrong why the one that was asked for is none, "" when none was
  public ChoosePage choose(PageRequest request, Reader reader, Run run, String wrong) {
    RunRow row = row(request, reader, run);
    List<Group> groups = new ArrayList<>();
    Set<String> taken = new HashSet<>(Set.of(run.id()));
    boolean ofTask = !run.task().equals(run.id());
    if (ofTask) {
      group(
          groups,
          "The same task, " + run.task(),
          request,
          reader,
          row,
          taken,
          taskRuns(reader, run));
    }
    group(
        groups,
        "Runs of " + run.agent() + " before it",
        request,
        reader,
        row,
        taken,
        before(reader, run));
    return new ChoosePage(
        frame(request, run, "Compare with…"),
        row,
        wrong,
        groups,
        Empty.of(
            "No other run of " + run.agent() + " before it",
            "Give the id of any run above, or choose one from the list of runs.",
            new Link("All runs", "/runs")));
  }

  public ComparePage compare(PageRequest request, Reader reader, Run left, Run right) {
    boolean reads = reader.readsContent(left) && reader.readsContent(right);
    ToolEffects effects = ToolEffects.of(views.control().state());
    TraceQueries traces = framer.traces(reader);
    RunSide one = new RunSide(left, effects, reads, traces);
    RunSide other = new RunSide(right, effects, reads, traces);
    RunRow leftRow = row(request, reader, left);
    RunRow rightRow = row(request, reader, right);
    List<Difference> differing = new ArrayList<>();
    List<Difference> same = new ArrayList<>();
    for (Difference difference : new Respects(one, other, leftRow, rightRow, reads).all()) {
      (difference.differs() ? differing : same).add(difference);
    }
    TextDiff prompt = TextDiff.of("left", one.instructions(), "right", other.instructions());
    return new ComparePage(
        frame(request, left, "Compared with " + Ids.middle(right.id())),
        leftRow,
        rightRow,
        differing,
        same,
        prompt.same() ? null : prompt,
        pairs(one, other),
        cut(one, other),
        "/runs/" + Percent.encoded(right.id()) + "/compare/" + Percent.encoded(left.id()),
        reads ? "" : "You may not read what was said in both, so that words are not compared.");
  }

  private static List<StepPair> pairs(RunSide one, RunSide other) {
    List<Step> left = one.steps;
    List<Step> right = other.steps;
    int[] partner =
        LineMatch.between(
            left.stream().map(RunSide::kind).toList(), right.stream().map(RunSide::kind).toList());
    List<StepPair> pairs = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < left.size(); i++) {
      while (partner[i] >= 0 && at < partner[i]) {
        pairs.add(new StepPair(null, other.line(right.get(at++))));
      }
      StepPair.Line met = partner[i] < 0 ? null : other.line(right.get(at++));
      pairs.add(new StepPair(one.line(left.get(i)), met));
    }
    while (at < right.size()) {
      pairs.add(new StepPair(null, other.line(right.get(at++))));
    }
    return pairs;
  }

  private static String cut(RunSide one, RunSide other) {
    int most = Math.max(one.stepsInAll, other.stepsInAll);
    return most <= RunSide.STEPS_MAX
        ? ""
        : "The first %s steps of each; the longer run has %s."
            .formatted(Figures.exact(RunSide.STEPS_MAX), Figures.exact(most));
  }

  private void group(
      List<Group> groups,
      String words,
      PageRequest request,
      Reader reader,
      RunRow of,
      Set<String> taken,
      List<Run> found) {
    List<Choice> choices = new ArrayList<>();
    for (Run run : found) {
      if (reader.sees(run) && choices.size() < CHOICES_MAX && taken.add(run.id())) {
        RunRow row = row(request, reader, run);
        choices.add(new Choice(row, of.href() + "/compare/" + Percent.encoded(run.id())));
      }
    }
    if (!choices.isEmpty()) {
      groups.add(new Group(words, choices));
    }
  }

  private List<Run> taskRuns(Reader reader, Run run) {
    return framer.traces(reader).runs(RelatedRuns.ofTask(run.task(), CHOICES_MAX + 1)).items();
  }

  private List<Run> before(Reader reader, Run run) {
    return framer
        .traces(reader)
        .runs(
            RelatedRuns.ofAgentBefore(run.agent(), run.startedAt().plusMillis(1), 2 * CHOICES_MAX))
        .items();
  }

  private RunRow row(PageRequest request, Reader reader, Run run) {
    return RunRow.of(run, framer.moments(request), reader.readsContent(run));
  }

  private Frame frame(PageRequest request, Run run, String title) {
    return framer.single(
        request,
        title,
        "runs",
        List.of(
            new Crumb("Runs", "/runs"),
            new Crumb(Ids.middle(run.id()), "/runs/" + Percent.encoded(run.id()))),
        "");
  }
}

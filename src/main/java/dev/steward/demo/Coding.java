// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.ScriptedModel;
import java.util.List;
import java.util.Map;

/// Mends small faults in a code base. Its stories: a fix whose tests pass at the second attempt, a
/// fix that it gives up, and a process that dies in the middle of its work. Live it once writes
/// where it must not, and its operator stops the run.
final class Coding implements Role {
  private static final String INSTRUCTIONS =
      "You mend faults in a Python code base. Read before you write, run the tests, and open a pull"
          + " request only when they pass.";
  private static final List<String> FAULTS =
      List.of(
          "rounding of totals with three currencies",
          "time zone of the nightly report",
          "missing retry in the mail sender",
          "wrong page size in the export",
          "crash on an empty basket");

  @Override
  public String agent() {
    return "coding";
  }

  @Override
  public int runsPerDay() {
    return 14;
  }

  @Override
  public List<String> tools() {
    return List.of("read_file", "write_file", "run_tests", "open_pull_request");
  }

  @Override
  public void play(Stage stage, Timeline timeline, StoryNumber number) throws InterruptedException {
    String fault = FAULTS.get(stage.dice().nextInt(FAULTS.size()));
    int issue = 400 + stage.dice().nextInt(300);
    Act act =
        Act.begin(stage, timeline, "issue-" + issue, INSTRUCTIONS, ScriptedModel.SONNET)
            .of("mend-fault", "issue-" + issue);
    act.hears("Issue %d: %s.".formatted(issue, fault));
    act.uses(
        "read_file",
        Map.of("path", "shop/totals.py"),
        Map.of("text", "def total(lines):\n    return round(sum(l.price for l in lines), 2)\n"));
    act.uses(
        "write_file",
        Map.of("path", "shop/totals.py", "text", "def total(lines):\n    ..."),
        Map.of("written", 148));
    if (number.opening()) {
      oversteps(stage, act);
    }
    if (number.isEvery(17, 5)) {
      act.vanishes();
      return;
    }
    act.failsWith("run_tests", Map.of("path", "tests"), "exit_1", "1 failed, 212 passed");
    if (number.isEvery(8, 6)) {
      act.says("The test for three currencies still fails and I do not see why. I stop here.");
      act.ends("failure", 0);
      return;
    }
    act.uses(
        "write_file",
        Map.of("path", "shop/totals.py", "text", "from decimal import Decimal\n..."),
        Map.of("written", 203));
    act.uses("run_tests", Map.of("path", "tests"), Map.of("passed", 213, "failed", 0));
    act.uses("open_pull_request", Map.of("issue", issue), Map.of("number", issue + 3_000));
    act.says("Pull request %d mends issue %d; 213 tests pass.".formatted(issue + 3_000, issue));
    act.ends("success", 1);
  }

  private static void oversteps(Stage stage, Act act) throws InterruptedException {
    act.uses(
        "write_file",
        Map.of("path", ".ci/release", "text", "#!/bin/sh\npublish --no-review\n"),
        Map.of("written", 31));
    stage
        .operator()
        .stops(act.run(), "It rewrites the release script, which its issue does not ask for.");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Runs in windows, windows merged in any order and in any groups: the same as all runs in one.
class WindowPropertyTest {
  private static final String[] CURRENCIES = {"USD", "USD", "EUR", "JPY"};

  @Property(tries = 200)
  void windowsMergedInAnyOrderAreEqual(
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 60) int count,
      @ForAll @IntRange(min = 1, max = 7) int parts) {
    List<RunSign> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(run(i, random));
    }
    Window whole = Window.of(runs);
    Collections.shuffle(runs, random);
    List<Window> windows = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      windows.add(Window.of(runs.subList(count * part / parts, count * (part + 1) / parts)));
    }
    Collections.shuffle(windows, random);
    assertThat(Window.merged(windows)).isEqualTo(whole);
    Window grouped = Window.NONE;
    for (Window window : windows) {
      grouped = Window.merged(List.of(window, grouped));
    }
    assertThat(grouped).isEqualTo(whole);
    assertThat(grouped.cost()).isEqualTo(whole.cost());
    assertThat(grouped.costPerSuccess()).isEqualTo(whole.costPerSuccess());
    assertThat(whole.count(Count.RUNS)).isEqualTo(count);
  }

  private static RunSign run(int number, Random random) {
    int known = random.nextInt(3);
    RunStatus[] ends = {RunStatus.FINISHED, RunStatus.FAILED, RunStatus.ABANDONED};
    return new RunSign(
        "run-" + number,
        "a",
        "production",
        "v1",
        "task-" + random.nextInt(20),
        Instant.EPOCH.plusSeconds(number),
        ends[random.nextInt(3)],
        random.nextBoolean() ? null : "label-" + random.nextInt(3),
        known == 0 ? null : Boolean.valueOf(known == 1),
        random.nextInt(9),
        new RunCost(
            new BigDecimal(random.nextInt(1_000)).movePointLeft(random.nextInt(5)),
            CURRENCIES[random.nextInt(4)],
            random.nextInt(3),
            random.nextInt(5) == 0 ? 1 : 0),
        new RunReading(
            random.nextInt(4),
            random.nextInt(2),
            List.of(random.nextInt(50), random.nextInt(50)),
            random.nextInt(2),
            random.nextInt(2),
            random.nextBoolean(),
            random.nextInt(5) - 1,
            random.nextInt(2),
            random.nextInt(3),
            random.nextInt(3) - 1,
            Map.of(Waste.LOOPING, new BigDecimal(random.nextInt(9)))));
  }
}

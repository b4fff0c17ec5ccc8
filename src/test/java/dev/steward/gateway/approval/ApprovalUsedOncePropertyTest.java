// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.Question;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.gateway.approval.ApprovalEnding.Approved;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.ObjectNode;

/// The invariants ApprovalUsedOnce and ApprovalBindsArguments, over any order of calls, answers,
/// uses and restarts.
class ApprovalUsedOncePropertyTest {
  private static final List<String> ARGUMENTS =
      List.of("{\"amount\":1}", "{\"amount\":2}", "{\"amount\":1,\"note\":\"x\"}");
  private static final List<String> EDITS = List.of("{\"amount\":1}", "{\"amount\":9}");

  record Step(What what, int arguments, int edit) {}

  enum What {
    ASK,
    APPROVE,
    EDIT,
    DENY,
    USE,
    RESTART
  }

  @Property(tries = 60)
  void whatIsUsedWasAgreedToInExactlyThisFormAndIsUsedOnce(@ForAll("steps") List<Step> steps) {
    inFolder(folder -> {
      try (People people = new People(folder)) {
        Map<String, String> asked = new HashMap<>();
        Map<String, ObjectNode> agreed = new HashMap<>();
        Set<String> used = new HashSet<>();
        List<String> known = new ArrayList<>();
        for (Step step : steps) {
          String arguments = ARGUMENTS.get(step.arguments());
          String id = known.isEmpty() ? "" : known.get(step.arguments() % known.size());
          switch (step.what()) {
            case ASK, USE -> {
              ApprovalEnding ending = people.ask(arguments);
              if (!known.contains(ending.approval())) {
                known.add(ending.approval());
                asked.put(ending.approval(), arguments);
              }
              assertThat(asked.get(ending.approval())).isEqualTo(arguments);
              if (ending instanceof Approved approved) {
                assertThat(approved.arguments()).isEqualTo(agreed.get(approved.approval()));
                if (step.what() == What.USE) {
                  people.step.used(approved.approval());
                  assertThat(used.add(approved.approval())).isTrue();
                }
              }
            }
            case APPROVE -> {
              if (answered(people, id, true, Optional.empty())) {
                agreed.put(id, People.object(Objects.requireNonNull(asked.get(id))));
              }
            }
            case EDIT -> {
              String edit = EDITS.get(step.edit());
              if (answered(people, id, true, Optional.of(edit))) {
                agreed.put(id, People.object(edit));
              }
            }
            case DENY -> {
              if (answered(people, id, false, Optional.empty())) {
                agreed.remove(id);
              }
            }
            case RESTART -> people.restart();
          }
          for (String once : used) {
            assertThat(refused(() -> people.step.used(once))).isTrue();
          }
          for (String other : known) {
            boolean may = agreed.containsKey(other) && !used.contains(other);
            if (!may && !used.contains(other)) {
              assertThat(refused(() -> people.step.used(other))).isTrue();
            }
          }
        }
      }
    });
  }

  /// Another argument, tool, run, environment, agent, version or key is another call.
  @Property(tries = 200)
  void nothingCanBeChangedInACallWithoutAnotherDigest(
      @ForAll("parts") List<String> one, @ForAll("parts") List<String> other) {
    assertThat(digest(one).equals(digest(other))).isEqualTo(one.equals(other));
  }

  private static Digest digest(List<String> parts) {
    return new BoundCall(
            parts.get(0),
            parts.get(1),
            parts.get(2),
            parts.get(3),
            parts.get(4),
            Digest.of(parts.get(5)),
            Digest.of(parts.get(6)))
        .digest(
            new Question(
                List.of(),
                "",
                List.of(),
                "",
                parts.get(7),
                parts.get(8),
                "",
                List.of(),
                "",
                "",
                0,
                "",
                ""));
  }

  @Provide
  Arbitrary<List<String>> parts() {
    return Arbitraries.of("", "a", "b", "a\n1:b", "1:a", "ab", "\n").list().ofSize(9);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(
                What.ASK,
                What.APPROVE,
                What.APPROVE,
                What.EDIT,
                What.DENY,
                What.USE,
                What.USE,
                What.RESTART),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 1))
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(30);
  }

  private static boolean answered(
      People people, String id, boolean approve, Optional<String> arguments) {
    return !refused(() -> people.answer(id, approve, "", arguments));
  }

  private static boolean refused(Runnable work) {
    try {
      work.run();
      return false;
    } catch (ApiException e) {
      return true;
    }
  }

  private static void inFolder(java.util.function.Consumer<Path> work) {
    try {
      Path folder = Files.createTempDirectory("approvals");
      work.accept(folder);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

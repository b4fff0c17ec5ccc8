// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// The index of kills beside a walk over all of them.
class KillsPropertyTest {
  @Property(tries = 300)
  void findsExactlyWhatAWalkFinds(
      @ForAll("selectors") List<Selector> selectors,
      @ForAll("subjects") List<Subject> subjects,
      @ForAll List<Integer> restored) {
    Kills kills = Kills.NONE;
    List<Kill> all = new ArrayList<>();
    for (int i = 0; i < selectors.size(); i++) {
      Kill kill = kill("kill-" + i, selectors.get(i));
      kills = kills.plus(kill);
      all.add(kill);
    }
    for (int index : restored) {
      if (!all.isEmpty()) {
        Kill gone = all.remove(Math.floorMod(index, all.size()));
        kills = kills.minus(gone.id());
      }
    }
    assertThat(kills.all()).containsExactlyInAnyOrderElementsOf(all);
    for (Subject subject : subjects) {
      Optional<Kill> found = kills.of(subject);
      assertThat(found.isPresent())
          .isEqualTo(all.stream().anyMatch(kill -> kill.selector().matches(subject)));
      found.ifPresent(kill -> {
        assertThat(kill.selector().matches(subject)).isTrue();
        assertThat(all).contains(kill);
      });
    }
    assertThat(KillForm.read(KillForm.of(kills))).isEqualTo(kills);
  }

  private static Kill kill(String id, Selector selector) {
    return new Kill(
        id, selector, false, Digest.of(id), Instant.EPOCH, Actor.SYSTEM, Optional.empty());
  }

  @Provide
  Arbitrary<List<Selector>> selectors() {
    Arbitrary<Map<Part, String>> parts =
        Arbitraries.maps(Arbitraries.of(Part.values()), values()).ofMaxSize(2);
    Arbitrary<Map<String, String>> labels = Arbitraries.maps(names(), values()).ofMaxSize(1);
    return Combinators.combine(parts, labels)
        .as((p, l) -> new Selector(p, new TreeMap<>(l)))
        .filter(selector -> !selector.everything())
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Subject>> subjects() {
    return Combinators.combine(
            Arbitraries.oneOf(values(), Arbitraries.just("")).list().ofSize(10),
            Arbitraries.maps(names(), values()).ofMaxSize(2))
        .as((v, labels) ->
            new Subject(
                v.get(0),
                v.get(1),
                v.get(2),
                v.get(3),
                v.get(4),
                v.get(5),
                v.get(6),
                new HashMap<>(labels),
                v.get(7),
                v.get(8),
                v.get(9),
                false,
                false,
                v.get(3).isEmpty() ? Set.of() : new HashSet<>(List.of(v.get(3), "more"))))
        .list()
        .ofSize(5);
  }

  private static Arbitrary<String> values() {
    return Arbitraries.of("a", "b", "a/x", "b/x", "more");
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("team", "tier");
  }
}

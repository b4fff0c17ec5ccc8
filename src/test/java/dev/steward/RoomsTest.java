// SPDX-License-Identifier: Apache-2.0
package dev.steward;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Keeps the arrows between the rooms as ARCHITECTURE.md draws them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomsTest {
  private static final String HOUSE = "dev.steward.";

  /// What each room may import beside itself.
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("domain", List.of()),
          Map.entry("ledger", List.of("domain")),
          Map.entry("policy", List.of("domain")),
          Map.entry("trace", List.of("domain")),
          Map.entry("control", List.of("domain", "ledger", "policy")),
          Map.entry("gateway", List.of("domain", "ledger", "policy", "trace", "control")),
          Map.entry("insight", List.of("domain", "trace", "control")),
          Map.entry("evaluation", List.of("domain", "trace", "control", "insight")),
          Map.entry(
              "assurance",
              List.of("domain", "ledger", "policy", "trace", "control", "insight", "evaluation")),
          Map.entry(
              "console",
              List.of(
                  "domain",
                  "ledger",
                  "policy",
                  "trace",
                  "control",
                  "insight",
                  "evaluation",
                  "assurance")),
          Map.entry(
              "store",
              List.of(
                  "domain",
                  "ledger",
                  "policy",
                  "trace",
                  "control",
                  "insight",
                  "evaluation",
                  "assurance")),
          Map.entry("demo", List.of("domain")));

  private final JavaClasses all = new ClassFileImporter().importPackages("dev.steward");
  private final JavaClasses main =
      all.that(
          DescribedPredicate.describe(
              "are no tests",
              type ->
                  type.getSource()
                      .map(Source::getUri)
                      .filter(uri -> !uri.getPath().contains("/test-classes/"))
                      .isPresent()));

  @Test
  void roomsImportOnlyWhatTheirArrowsAllow() {
    ARROWS.forEach((room, allowed) ->
        noClasses()
            .that()
            .resideInAPackage(HOUSE + room + "..")
            .should()
            .dependOnClassesThat(inAnotherRoomThan(room, allowed))
            .allowEmptyShould(true)
            .check(main));
  }

  @Test
  void subPackagesHaveNoCycles() {
    slices().matching("dev.steward.(**)").should().beFreeOfCycles().check(main);
  }

  @Test
  void domainUsesTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage(HOUSE + "domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", HOUSE + "domain..", "org.jspecify..")
        .check(main);
  }

  @Test
  void nobodyMocks() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mockito..", "org.easymock..", "io.mockk..", "org.jmock..")
        .check(all);
  }

  private static DescribedPredicate<JavaClass> inAnotherRoomThan(
      String room, List<String> allowed) {
    List<String> open = Stream.concat(Stream.of(room), allowed.stream()).toList();
    return DescribedPredicate.describe(
        "lie in a room other than " + open,
        type ->
            type.getPackageName().startsWith(HOUSE)
                && !open.contains(roomOf(type.getPackageName())));
  }

  private static String roomOf(String packageName) {
    return Arrays.asList(packageName.substring(HOUSE.length()).split("\\.")).getFirst();
  }
}

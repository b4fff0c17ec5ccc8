// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.settings.SettingsPage.Cell;
import dev.steward.console.settings.SettingsPage.Row;
import dev.steward.console.settings.SettingsPage.Table;
import dev.steward.console.web.Reader;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.state.ActorName;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// People and their roles.
final class People implements SettingsArea {
  private static final String MANIFEST =
      """
      steward apply -f - <<END
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec:
        displayName: Dana Okafor
        email: dana@example.com
        grants: [{role: operator}]
      END\
      """;

  private final Control control;

  People(Control control, Framer framer) {
    this.control = control;
  }

  @Override
  public String segment() {
    return "people";
  }

  @Override
  public String word() {
    return "People";
  }

  @Override
  public boolean opensTo(Reader reader) {
    return reader.seesAll();
  }

  @Override
  public Content content(Visit visit) {
    boolean manages = visit.reader().rights().may(Permission.MANAGE_PEOPLE, Target.SERVER);
    List<Row> rows = new ArrayList<>();
    for (Person person : control.state().all(Person.class)) {
      rows.add(
          new Row(
              List.of(
                  manages && person.name().equals(person.email())
                      ? Cell.of(ActorName.of(person))
                      : Cell.of(ActorName.of(person), person.name()),
                  Cell.of(manages ? person.email() : ""),
                  Cell.of(Names.grants(person.grants()))),
              false,
              manages ? erase(visit, person) : null));
    }
    return new Content(
        "Who may do what. People are declared as manifests, so that each change is reviewed and"
            + " recorded; the ledger knows them by a random id.",
        new Table(
            List.of("Name", "Address", "Roles"),
            rows,
            Empty.of("Nobody is declared yet", "The admin token is in use until then.")
                .withCopy(MANIFEST)),
        List.of());
  }

  private static Deed erase(Visit visit, Person person) {
    return new Deed(
            person.id(),
            "/settings/people/erase",
            visit.request().csrf(),
            Map.of("person", person.id()),
            "Erase " + ActorName.of(person),
            "The name and address are forgotten for good, and their tokens stop working. The ledger"
                + " keeps a random id and still verifies.",
            "Reason, kept in the ledger",
            true)
        .shown("Erase");
  }

  @Override
  public Done act(Visit visit, String deed) {
    if (!deed.equals("erase")) {
      throw new ApiException(ErrorCode.NOT_FOUND, "There is no such form.");
    }
    control.submit(
        new Command.ErasePerson(visit.field("person"), visit.field("reason")),
        visit.reader().actor());
    return Done.of("The person was erased.");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.diff.TextDiff;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.JsonText;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Framer;
import dev.steward.console.part.Link;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.LedgerReading;
import dev.steward.console.web.PageRequest;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.Event;
import dev.steward.control.event.Thing;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Person;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the pages of single entries: what each says, how things were after it, and how to check
/// that it is in the ledger.
final class EntryPages {
  private static final int SENTENCES_MAX = 200;
  private static final int SENTENCES_FEW = 3;
  private static final int THINGS_MAX = 60;

  private final ConsoleViews views;
  private final Framer framer;

  EntryPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  Optional<EntryPage> entry(PageRequest request, LedgerReading ledger, String number) {
    return line(ledger, number).map(line -> entry(request, ledger, line));
  }

  private static Optional<LedgerReading.Line> line(LedgerReading ledger, String number) {
    return number.matches("\\d{1,18}") ? ledger.line(Long.parseLong(number)) : Optional.empty();
  }

  private EntryPage entry(PageRequest request, LedgerReading ledger, LedgerReading.Line line) {
    ReadEntry read = ReadEntry.of(line);
    LedgerReading.Head head = ledger.head();
    LedgerRow row = row(request, ledger, head, read, SENTENCES_MAX);
    String path = RowWriter.path(ledger);
    String api = "/api/v1/ledger/" + ledger.name();
    return new EntryPage(
        single(request, "Entry " + row.number(), ledger),
        ledger.name(),
        row,
        ledger.name().equals("control") ? things(read) : List.of(),
        line.leafHash(),
        row.signed() ? api + "/proof/" + line.index() : "",
        api + "/entries/" + line.index(),
        String.join("\n", ledger.keys()),
        JsonText.laidOut(new String(line.data(), StandardCharsets.UTF_8)),
        line.data().length,
        line.index() == 0 ? null : path + "/" + (line.index() - 1),
        line.index() + 1 >= head.size() ? null : path + "/" + (line.index() + 1));
  }

  private LedgerRow row(
      PageRequest request,
      LedgerReading ledger,
      LedgerReading.Head head,
      ReadEntry read,
      int sentences) {
    String path = RowWriter.path(ledger);
    return new RowWriter(
            Sentences.of(views, ledger),
            path,
            head.checkpointSize(),
            framer.moments(request),
            sentences)
        .row(read);
  }

  private Frame single(PageRequest request, String title, LedgerReading ledger, Crumb... more) {
    List<Crumb> crumbs = new ArrayList<>(List.of(new Crumb("Ledger", "/ledger")));
    if (!ledger.name().equals("control")) {
      crumbs.add(new Crumb("Activity", RowWriter.path(ledger)));
    }
    crumbs.addAll(List.of(more));
    return framer.single(request, title, "ledger", crumbs, "");
  }

  /// What the entry is about, each once, with how it was after.
  private List<Link> things(ReadEntry read) {
    Map<String, Link> things = new LinkedHashMap<>();
    Envelope envelope = read.envelope();
    List<Event> events = envelope == null ? List.of() : envelope.events();
    for (Event event : events) {
      Thing thing = Thing.of(event);
      if (!thing.kind().equals(Thing.SNAPSHOT) && things.size() < THINGS_MAX) {
        String words = Sentences.kind(thing.kind()) + " " + shown(thing);
        things.putIfAbsent(words, new Link(words, state(read.index(), thing.kind(), thing.name())));
      }
    }
    return List.copyOf(things.values());
  }

  private String shown(Thing thing) {
    return thing.kind().equals("Person")
        ? views.registry().person(thing.name()).map(Person::displayName).orElse(thing.name())
        : thing.name();
  }

  private static String state(long index, String kind, String name) {
    return PageUrl.of("/ledger/" + index + "/state")
        .with("kind", kind)
        .with("name", name)
        .toString();
  }

  /// How things were after an entry of the control ledger.
  Optional<StatePage> state(PageRequest request, String number) {
    LedgerReading ledger = views.ledger();
    return line(ledger, number)
        .filter(line -> line.index() < views.control().state().sequence())
        .map(line -> state(request, ledger, line));
  }

  private StatePage state(PageRequest request, LedgerReading ledger, LedgerReading.Line line) {
    long index = line.index();
    ReadEntry read = ReadEntry.of(line);
    String kind = kind(request.parameter("kind"));
    String name = request.parameter("name");
    ReadEntry told = kind == null || name == null ? read : read.about(kind, name);
    LedgerRow row = row(request, ledger, ledger.head(), told, SENTENCES_FEW);
    Crumb crumb = new Crumb("Entry " + row.number(), row.href());
    State after = views.control().stateAt(index + 1);
    if (kind == null || name == null) {
      return new StatePage(
          single(request, "Everything as it was", ledger, crumb),
          row.number(),
          row.href(),
          row,
          "",
          null,
          "",
          null,
          null,
          "",
          kinds(new StateText(after), index));
    }
    String then = new StateText(after).of(kind, name).orElse("");
    String before = new StateText(views.control().stateAt(index)).of(kind, name).orElse("");
    String now = new StateText(views.control().state()).of(kind, name).orElse("");
    String at = "after entry " + row.number();
    return new StatePage(
        single(request, name + " as it was", ledger, crumb),
        row.number(),
        row.href(),
        row,
        Sentences.kind(kind) + " " + shown(new Thing(kind, name, "")),
        then.isEmpty() ? null : then,
        then.isEmpty() ? missing(before, now) : "",
        TextDiff.of("before entry " + row.number(), before, at, then),
        TextDiff.of(at, then, "now", now),
        PageUrl.of("/ledger").with("kind", kind).with("thing", name).toString(),
        List.of());
  }

  private static String missing(String before, String now) {
    if (!before.isEmpty()) {
      return "This entry took it away.";
    }
    return now.isEmpty()
        ? "It was not there after this entry, and is not there now."
        : "It was not there yet; it came later.";
  }

  private static @Nullable String kind(@Nullable String written) {
    List<String> kinds = new ArrayList<>(Manifests.kinds());
    kinds.addAll(Thing.OTHERS);
    return kinds.stream().filter(kind -> kind.equalsIgnoreCase(written)).findFirst().orElse(null);
  }

  private static List<StatePage.OfKind> kinds(StateText text, long index) {
    List<StatePage.OfKind> all = new ArrayList<>();
    List<String> kinds = new ArrayList<>(Manifests.kinds());
    kinds.addAll(Thing.OTHERS);
    for (String kind : kinds) {
      List<String> names = text.names(kind);
      if (!names.isEmpty()) {
        List<Link> links =
            names.stream()
                .limit(THINGS_MAX)
                .map(name -> new Link(name, state(index, kind, name)))
                .toList();
        int more = names.size() - links.size();
        all.add(
            new StatePage.OfKind(
                Sentences.kind(kind),
                Figures.count(names.size()),
                links,
                more == 0 ? "" : "and " + Figures.count(more) + " more"));
      }
    }
    return all;
  }

  CheckPage check(PageRequest request) {
    List<String> keys = new ArrayList<>(views.ledger().keys());
    keys.addAll(views.activity().keys());
    return new CheckPage(single(request, "Check a proof", views.ledger()), String.join("\n", keys));
  }
}

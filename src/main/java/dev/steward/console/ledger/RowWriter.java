// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.ledger.LedgerRow.Sentence;
import dev.steward.console.view.LedgerReading;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.Event;
import java.util.ArrayList;
import java.util.List;

/// Tells entries of one ledger in words.
///
/// @param path address of the ledger's page
/// @param signedSize entries that the newest checkpoint covers
/// @param sentencesMax events of an entry that are told
record RowWriter(
    Sentences sentences, String path, long signedSize, Moments moments, int sentencesMax) {

  static String path(LedgerReading ledger) {
    return ledger.name().equals("control") ? "/ledger" : "/ledger/" + ledger.name();
  }

  /// Rows of a list.
  ///
  /// @param left whether there are entries that are in no row
  /// @param next they lie before this one
  record Rows(List<LedgerRow> rows, boolean left, long next) {}

  /// The newest entries in so many rows. What the server set aside of budgets and took back stands
  /// in one row as long as nothing else happened: there is much of it, and it buries the rest.
  ///
  /// @param each whether every entry has a row of its own
  Rows rows(List<ReadEntry> entries, boolean each, int rowsMax) {
    List<LedgerRow> rows = new ArrayList<>();
    int at = 0;
    while (at < entries.size() && rows.size() < rowsMax) {
      int end = at + 1;
      while (!each && end < entries.size() && lends(entries.get(at)) && lends(entries.get(end))) {
        end++;
      }
      rows.add(end == at + 1 ? row(entries.get(at)) : lent(entries.subList(at, end)));
      at = end;
    }
    boolean left = at < entries.size();
    return new Rows(rows, left, left ? entries.get(at).index() + 1 : 0);
  }

  private static boolean lends(ReadEntry read) {
    Envelope envelope = read.envelope();
    return envelope != null
        && envelope.events().stream()
            .allMatch(e -> e instanceof Event.LeaseTaken || e instanceof Event.LeaseReturned);
  }

  private LedgerRow lent(List<ReadEntry> entries) {
    LedgerRow newest = row(entries.getFirst());
    long first = entries.getLast().index();
    String each =
        PageUrl.of(path)
            .with("kind", "Budget")
            .with("before", String.valueOf(newest.index() + 1))
            .toString();
    return new LedgerRow(
        newest.index(),
        Figures.exact(first) + "–" + newest.number(),
        each,
        newest.at(),
        newest.actor(),
        newest.actorHref(),
        List.of(
            new Sentence(
                "set aside and took back parts of",
                "budgets",
                each,
                "for calls on their way, " + Figures.of(entries.size(), "time", "times"))),
        "",
        newest.signed());
  }

  LedgerRow row(ReadEntry read) {
    long index = read.index();
    Envelope envelope = read.envelope();
    ActivityEntry activity = read.activity();
    if (envelope == null) {
      return activity == null ? unread(index) : row(index, activity);
    }
    List<Event> events = envelope.events();
    List<Sentence> told = events.stream().limit(sentencesMax).map(sentences::of).toList();
    int more = events.size() - told.size();
    return new LedgerRow(
        index,
        Figures.exact(index),
        path + "/" + index,
        moments.of(envelope.at()),
        sentences.actor(envelope.actor()),
        PageUrl.of(path).with("actor", envelope.actor().id()).toString(),
        told,
        more == 0 ? "" : "and " + Figures.of(more, "thing", "things") + " more",
        index < signedSize);
  }

  private LedgerRow row(long index, ActivityEntry entry) {
    return new LedgerRow(
        index,
        Figures.exact(index),
        path + "/" + index,
        moments.of(entry.at()),
        entry.who(),
        PageUrl.of(path).with("actor", entry.who()).toString(),
        List.of(entry.sentence()),
        "",
        index < signedSize);
  }

  private LedgerRow unread(long index) {
    return new LedgerRow(
        index,
        Figures.exact(index),
        path + "/" + index,
        null,
        "A newer Steward",
        "",
        List.of(new Sentence("wrote something that this one cannot read", "", "", "")),
        "",
        index < signedSize);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.ledger.LedgerRow.Sentence;
import dev.steward.console.view.LedgerReading;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.Event;
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

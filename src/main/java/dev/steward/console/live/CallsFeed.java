// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.frame.Templates;
import dev.steward.console.live.LivePage.Calls;
import dev.steward.console.stop.KillRow;
import dev.steward.console.web.LiveEvents;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.Shown;
import dev.steward.control.live.InFlight;
import dev.steward.control.live.UpstreamHealth.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells an open page what flies. A call keeps its row as long as it flies; the row says then that
/// it has ended, and only after some seconds is another call's: nothing moves, and no button
/// becomes another's under the reader's hand. What would move the page is only counted.
final class CallsFeed implements LiveFeed {
  /// How often an ended call is still shown before its row is free.
  private static final int POLLS_SHOWN = 4;

  private final LivePages pages;
  private final Templates templates;
  private final PageRequest request;
  private final Reader reader;
  private final List<Place> places = new ArrayList<>();
  private final Map<String, String> shown = new HashMap<>();
  private final Shown onPage;
  private boolean started;

  CallsFeed(LivePages pages, Templates templates, PageRequest request, Reader reader) {
    this.pages = pages;
    this.templates = templates;
    this.request = request;
    this.reader = reader;
    onPage = Shown.of(request);
  }

  /// A row.
  private static final class Place {
    private @Nullable InFlight call;
    private String approval = "";
    private int ended;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public List<Event> poll() {
    List<InFlight> calls = pages.calls(reader);
    List<Health> health = pages.health(reader);
    List<Answering> toolServers = pages.servers(reader);
    List<KillRow> kills = pages.inForce(request, reader);
    List<Event> events = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    compare("liveHead", pages.head(calls, kills.size(), health, toolServers), changed);
    for (Health one : health) {
      String anchor = ProviderRows.anchor(one.provider());
      if (onPage.has(anchor) && onPage.takes(anchor, one)) {
        changed.add(templates.render("liveProvider", pages.row(request, one)));
      }
    }
    for (Answering one : toolServers) {
      if (onPage.has(one.anchor()) && onPage.takes(one.anchor(), one)) {
        changed.add(templates.render("liveServer", pages.row(request, one)));
      }
    }
    calls(calls, changed, events);
    count(kills, health, toolServers, events);
    started = true;
    if (!changed.isEmpty()) {
      events.addFirst(LiveEvents.replace(changed));
    }
    return events;
  }

  private void calls(List<InFlight> calls, List<String> changed, List<Event> events) {
    Map<String, InFlight> flying = new LinkedHashMap<>();
    for (InFlight call : calls) {
      flying.put(call.id(), call);
    }
    HeldCalls held = pages.held();
    for (int i = 0; i < places.size(); i++) {
      keep(i, flying, held, changed);
    }
    List<String> added = new ArrayList<>();
    for (InFlight call : flying.values()) {
      int free = free();
      if (free < 0) {
        break;
      }
      boolean known = free < places.size();
      if (!known) {
        places.add(new Place());
      }
      places.get(free).call = call;
      places.get(free).approval = held.of(call);
      places.get(free).ended = 0;
      (known ? changed : added).add(row(call, free, false));
    }
    int rows = (int) places.stream().filter(p -> p.call != null && p.ended == 0).count();
    String more = LivePages.more(calls.size(), rows);
    if (!started) {
      // What the page was made with may have changed since.
      changed.add(templates.render("liveCalls", new Calls(first(), more)));
      shown.put("liveMore", templates.render("liveMore", more));
    } else {
      compare("liveMore", more, changed);
      if (!added.isEmpty()) {
        events.add(LiveEvents.append("live-calls", added));
      }
    }
  }

  private List<CallRow> first() {
    List<CallRow> rows = new ArrayList<>();
    for (Place place : places) {
      InFlight call = place.call;
      if (call != null) {
        rows.add(pages.row(request, reader, call, rows.size(), false, place.approval));
      }
    }
    return rows;
  }

  private void keep(int place, Map<String, InFlight> flying, HeldCalls held, List<String> changed) {
    Place at = places.get(place);
    InFlight last = at.call;
    if (last == null) {
      return;
    }
    InFlight now = flying.remove(last.id());
    if (now == null) {
      at.ended++;
      if (at.ended == 1) {
        changed.add(row(last, place, true));
      }
    } else if (!now.equals(last) || !held.of(now).equals(at.approval)) {
      at.call = now;
      at.approval = held.of(now);
      changed.add(row(now, place, false));
    }
  }

  /// A row for one more call, the next new one where none is free, -1 where there may be no more.
  private int free() {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).ended > POLLS_SHOWN) {
        return i;
      }
    }
    return places.size() < LivePages.ROWS_MAX ? places.size() : -1;
  }

  private String row(InFlight call, int place, boolean ended) {
    return templates.render(
        "liveCall", pages.row(request, reader, call, place, ended, places.get(place).approval));
  }

  /// Kills, providers and servers that came or went would move the page.
  private void count(
      List<KillRow> kills, List<Health> health, List<Answering> toolServers, List<Event> events) {
    Set<String> there = new HashSet<>();
    for (KillRow kill : kills) {
      there.add(inForce(kill));
    }
    for (Health one : health) {
      there.add(ProviderRows.anchor(one.provider()));
    }
    for (Answering one : toolServers) {
      there.add(one.anchor());
    }
    if (!onPage.known()) {
      kills.forEach(kill -> onPage.takes(inForce(kill), ""));
    }
    int different = onPage.apart(there);
    onPage.looked();
    if (onPage.counts(different)) {
      events.add(LiveEvents.count(different, false));
    }
  }

  /// What a page with these shows, besides the calls: those are told to every stream that begins.
  static Shown shown(List<KillRow> kills, List<Health> health, List<Answering> toolServers) {
    Shown shown = Shown.fresh();
    kills.forEach(kill -> shown.takes(inForce(kill), ""));
    health.forEach(one -> shown.takes(ProviderRows.anchor(one.provider()), one));
    toolServers.forEach(one -> shown.takes(one.anchor(), one));
    return shown;
  }

  private static String inForce(KillRow kill) {
    return kill.meaning() + " " + kill.mark().word();
  }

  @Override
  public String shown() {
    return onPage.token();
  }

  private void compare(String template, Object model, List<String> changed) {
    String html = templates.render(template, model);
    String last = shown.put(template, html);
    if (!html.equals(last)) {
      changed.add(html);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.Incident;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.state.State;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.incident.IncidentRequests.ChangeRequest;
import dev.steward.server.incident.IncidentRequests.NoteRequest;
import dev.steward.server.incident.IncidentRequests.OpenRequest;
import dev.steward.trace.run.Run;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What went wrong, as people track it.
public final class IncidentsApi {
  static final String GROUP = "Incidents";

  private static final String ID = "id";

  private final Control control;
  private final History history;
  private final Supplier<String> ids;

  public IncidentsApi(Control control, History history, Supplier<String> ids) {
    this.control = control;
    this.history = history;
    this.ids = ids;
  }

  /// The newest first.
  public record IncidentList(List<IncidentItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/incidents", Need.READ)
            .about(GROUP, "Incidents, the newest first.")
            .query("status", "string", "Only those that are open, contained or resolved.")
            .query("agent", "string", "Only those about this agent.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .gives(IncidentList.class)
            .by(this::list),
        Route.get("/api/v1/incidents/{id}", Need.READ)
            .about(GROUP, "One incident.")
            .gives(IncidentItem.class)
            .by(exchange -> Reply.json(item(seen(exchange)))),
        Route.post("/api/v1/incidents", Need.of(Permission.OPERATE))
            .about(
                GROUP,
                "Opens an incident, and puts a legal hold on it and on each of its runs. The agents"
                    + " of its runs and of its cause belong to it.")
            .takes(OpenRequest.class)
            .gives(IncidentItem.class)
            .status(201)
            .by(this::open),
        Route.post("/api/v1/incidents/{id}/notes", Need.READ)
            .about(GROUP, "Adds a person's words to an incident; nothing of it is ever edited.")
            .takes(NoteRequest.class)
            .gives(IncidentItem.class)
            .status(201)
            .by(this::note),
        Route.post("/api/v1/incidents/{id}/change", Need.READ)
            .about(
                GROUP,
                "Changes the severity, the commander or the status of an incident. One that is"
                    + " resolved stays so, and its holds stay until a person lifts them.")
            .takes(ChangeRequest.class)
            .gives(IncidentItem.class)
            .by(this::change));
  }

  private Reply list(Exchange exchange) {
    Asked asked = new Asked(exchange);
    Optional<IncidentStatus> status = asked.oneOf("status", IncidentStatus.class);
    Optional<String> agent = asked.text("agent");
    State state = control.state();
    IncidentSight sight = new IncidentSight(exchange.caller(), state);
    return Reply.json(
        new IncidentList(
            state.incidents().all().reversed().stream()
                .filter(each -> status.isEmpty() || status.get() == each.status())
                .filter(each -> agent.isEmpty() || each.about(agent.get()))
                .filter(sight::sees)
                .limit(asked.limit())
                .map(each -> IncidentItem.of(each, state))
                .toList()));
  }

  private Reply open(Exchange exchange) {
    OpenRequest wanted = exchange.json(OpenRequest.class);
    String id = ids.get();
    control.submit(wanted.command(id, concerns(exchange, wanted)), exchange.caller().actor());
    return Reply.json(201, item(id));
  }

  /// Whoever names a run names its agent, and must be allowed to operate it.
  private List<Concern> concerns(Exchange exchange, OpenRequest wanted) {
    State state = control.state();
    Sight sight = new Sight(exchange.caller(), state);
    Set<Concern> concerns = new LinkedHashSet<>(wanted.concerns());
    for (String id : IncidentRequests.given(wanted.runs())) {
      Run run = sight.seen(history.traces().run(id), id);
      boolean named = concerns.contains(new Concern(run.agent(), ""));
      if (!named && !state.history("Agent", run.agent()).isEmpty()) {
        concerns.add(new Concern(run.agent(), run.environment()));
      }
    }
    return List.copyOf(concerns);
  }

  private Reply note(Exchange exchange) {
    String id = seen(exchange).id();
    String text = exchange.json(NoteRequest.class).text();
    control.submit(new Command.NoteIncident(id, text), exchange.caller().actor());
    return Reply.json(201, item(id));
  }

  private Reply change(Exchange exchange) {
    String id = seen(exchange).id();
    control.submit(exchange.json(ChangeRequest.class).command(id), exchange.caller().actor());
    return Reply.json(item(id));
  }

  private Incident seen(Exchange exchange) {
    return new IncidentSight(exchange.caller(), control.state()).seen(exchange.pathParameter(ID));
  }

  private IncidentItem item(String id) {
    return item(control.state().incidents().find(id).orElseThrow());
  }

  private IncidentItem item(Incident incident) {
    return IncidentItem.of(incident, control.state());
  }
}

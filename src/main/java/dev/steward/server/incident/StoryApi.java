// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.assurance.bundle.Bundle;
import dev.steward.assurance.incident.IncidentBundles;
import dev.steward.assurance.incident.IncidentReport;
import dev.steward.assurance.incident.IncidentStory;
import dev.steward.assurance.report.Form;
import dev.steward.assurance.report.Report;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.incident.Incident;
import dev.steward.control.state.State;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.List;
import java.util.function.Supplier;

/// What happened around an incident, and its report.
public final class StoryApi {
  private final Supplier<State> state;
  private final IncidentBundles bundles;

  public StoryApi(Supplier<State> state, IncidentBundles bundles) {
    this.state = state;
    this.bundles = bundles;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/incidents/{id}/timeline", Need.READ)
            .about(
                IncidentsApi.GROUP,
                "What happened to the agents of an incident from a day before it began until it was"
                    + " resolved, what its runs did, what became of it and what people noted, each"
                    + " line with its source. It is put together anew each time, and cannot be"
                    + " edited.")
            .gives(StoryItem.class)
            .by(exchange -> Reply.json(StoryItem.of(story(exchange, sight(exchange))))),
        Route.get("/api/v1/incidents/{id}/report", Need.READ)
            .about(
                IncidentsApi.GROUP,
                "The report of an incident, written from its timeline; every sentence names its"
                    + " source.")
            .query("format", "string", "`markdown`, the usual, or `html`: one document to print.")
            .gives("text/markdown")
            .by(this::report),
        Route.post("/api/v1/incidents/{id}/bundle", Need.of(Permission.OPERATE))
            .about(
                IncidentsApi.GROUP,
                "Gives out the report and the timeline of an incident with the proofs of what they"
                    + " say, as one zip that `steward verify --bundle` checks offline. That it was"
                    + " given out is an entry of the ledger, which seals it. For who may operate"
                    + " the incident and read the whole server: entries of the ledger are in it.")
            .gives("application/zip")
            .by(this::bundle));
  }

  private Reply report(Exchange exchange) {
    IncidentSight sight = sight(exchange);
    Form form = new Asked(exchange).oneOf("format", Form.class).orElse(Form.MARKDOWN);
    Report report = IncidentReport.of(story(exchange, sight), sight.state(), sight);
    return Reply.bytes(form.contentType(), form.of(report));
  }

  private Reply bundle(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    IncidentSight sight = sight(exchange);
    Incident incident = sight.seen(exchange.pathParameter("id"));
    Bundle bundle = bundles.of(incident, sight, exchange.caller().actor());
    return Reply.bytes("application/zip", bundle.zip());
  }

  private IncidentStory story(Exchange exchange, IncidentSight sight) {
    return bundles.stories().of(sight.seen(exchange.pathParameter("id")), sight);
  }

  private IncidentSight sight(Exchange exchange) {
    return new IncidentSight(exchange.caller(), state.get());
  }
}

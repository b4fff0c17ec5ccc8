// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.insight.data.Fingerprint;
import dev.steward.insight.data.KnownDocuments;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What maintainers of data sources tell of their documents.
public final class DataSourcesApi {
  private static final int DOCUMENTS_MAX = 20_000;
  private static final int CHARACTERS_MAX = 500;

  private final Control control;
  private final KnownDocuments documents;
  private final InstantSource clock;

  public DataSourcesApi(Control control, KnownDocuments documents, InstantSource clock) {
    this.control = control;
    this.documents = documents;
    this.clock = clock;
  }

  /// Documents that have changed.
  ///
  /// @param complete whether these are all documents of the source; false if not said
  public record DataChange(
      List<DocumentItem> documents, @Nullable Boolean complete, String reason) {}

  /// One of them.
  ///
  /// @param hash of its content: `sha256:` and 64 hex digits, or `FORM:VALUE` as retrieval gives it
  public record DocumentItem(String id, String hash) {}

  /// What was taken.
  public record DataChangeTaken(String source, int documents, long sequence, Instant at) {}

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/data-sources/{name}/changes", Need.of(Permission.DECLARE))
            .about(
                "Data sources",
                "Tells that documents of a data source have changed: retrievals that return them so"
                    + " are no undeclared change.")
            .takes(DataChange.class)
            .gives(DataChangeTaken.class)
            .status(201)
            .by(this::change));
  }

  private Reply change(Exchange exchange) {
    String source = exchange.pathParameter("name");
    DataChange wanted = exchange.json(DataChange.class);
    boolean complete = Boolean.TRUE.equals(wanted.complete());
    Map<String, Fingerprint> told = fingerprints(wanted);
    ObjectNode list = CanonicalJson.object();
    list.put("complete", complete);
    ObjectNode written = list.putObject("documents");
    told.forEach((id, document) -> written.put(id, document.hash()));
    long sequence =
        control
            .submit(
                new Command.TellDataChange(
                    source, told.size(), CanonicalJson.text(list), text(wanted.reason())),
                exchange.caller().actor())
            .sequence();
    Instant now = clock.instant();
    documents.told(source, new ArrayList<>(told.values()), complete, now);
    return Reply.json(201, new DataChangeTaken(source, told.size(), sequence, now));
  }

  private static Map<String, Fingerprint> fingerprints(DataChange wanted) {
    @Nullable List<DocumentItem> items = wanted.documents();
    if (items == null || items.isEmpty() || items.size() > DOCUMENTS_MAX) {
      throw invalid("`documents` holds 1 to " + DOCUMENTS_MAX + " of them");
    }
    Map<String, Fingerprint> told = new TreeMap<>();
    for (DocumentItem item : items) {
      String id = text(item.id());
      String hash = text(item.hash());
      if (id.isBlank()
          || hash.isBlank()
          || id.length() > CHARACTERS_MAX
          || hash.length() > CHARACTERS_MAX) {
        throw invalid(
            "every document has an `id` and a `hash` of at most " + CHARACTERS_MAX + " characters");
      }
      told.put(id, new Fingerprint(id, hash));
    }
    return told;
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  private static ApiException invalid(String why) {
    return new ApiException(ErrorCode.INVALID, why + ".");
  }
}

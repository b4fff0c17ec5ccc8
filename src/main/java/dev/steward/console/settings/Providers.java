// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.settings.SettingsPage.Cell;
import dev.steward.console.settings.SettingsPage.Row;
import dev.steward.console.settings.SettingsPage.Table;
import dev.steward.console.web.Reader;
import dev.steward.control.Control;
import dev.steward.control.secret.SecretDesk;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.ModelProvider;
import java.util.ArrayList;
import java.util.List;

/// Who answers model calls. A secret is only ever named.
final class Providers implements SettingsArea {
  private static final String MANIFEST =
      """
      steward apply -f - <<END
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: openai}
      spec:
        dialect: openai
        url: https://api.openai.com/v1
        secret: openai-key
        models: [gpt-5]
      END\
      """;

  private final Control control;
  private final SecretDesk secrets;
  private final Framer framer;

  Providers(Control control, SecretDesk secrets, Framer framer) {
    this.control = control;
    this.secrets = secrets;
    this.framer = framer;
  }

  @Override
  public String segment() {
    return "providers";
  }

  @Override
  public String word() {
    return "Providers";
  }

  @Override
  public boolean opensTo(Reader reader) {
    return reader.seesAll();
  }

  @Override
  public Content content(Visit visit) {
    State state = control.state();
    Moments moments = framer.moments(visit.request());
    List<Row> rows = new ArrayList<>();
    for (ModelProvider provider : state.all(ModelProvider.class)) {
      Revision last = state.history("ModelProvider", provider.name()).getLast();
      rows.add(
          new Row(
              List.of(
                  Cell.of(provider.name(), provider.dialect()),
                  Cell.of(provider.url()),
                  Cell.of(
                      provider.models().isEmpty()
                          ? "none named"
                          : String.join(", ", provider.models())),
                  secret(provider.secret(), moments),
                  Cell.of(moments.of(last.at()), "by " + ActorName.of(last.by(), state))),
              false,
              null));
    }
    return new Content(
        "Who answers model calls, as declared. A provider names the secret that holds its key; the"
            + " value is never in a manifest, never in the ledger and never shown.",
        new Table(
            List.of("Provider", "Address", "Models", "Secret", "Declared"),
            rows,
            Empty.of("No provider is declared yet", "Declare one as a manifest.")
                .withCopy(MANIFEST)),
        List.of());
  }

  private Cell secret(String name, Moments moments) {
    if (name.isEmpty()) {
      return Cell.of("none");
    }
    String set =
        secrets
            .find(name)
            .map(entry -> "set " + moments.of(entry.rotatedAt()).relative())
            .orElse("not set: steward secrets set " + name);
    return new Cell(name, set, Cell.Kind.MONO, null, null);
  }

  @Override
  public Done act(Visit visit, String deed) {
    throw new ApiException(ErrorCode.NOT_FOUND, "There is no such form.");
  }
}

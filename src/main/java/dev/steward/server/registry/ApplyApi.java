// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.Accepted;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.plan.Plan;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.PlanItem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Declares resources: all of a request, or none.
public final class ApplyApi {
  private static final String GROUP = "Resources";
  private static final String YAML = "application/yaml";
  private static final int FILES_MAX = 100_000;

  private final Control control;

  public ApplyApi(Control control) {
    this.control = control;
  }

  /// Several files at once, so that a problem can name its file.
  public record Files(List<FileText> files) {}

  /// One of them.
  public record FileText(String name, String text) {}

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/apply", Need.of(Permission.DECLARE))
            .about(
                GROUP,
                "Declares the resources of YAML documents (or of a JSON object with `files`, each"
                    + " with `name` and `text`), all or none; 422 lists every problem, 202 tells"
                    + " that all of it waits for a second person, since it widens what agents may"
                    + " do or spend in canary or production.")
            .query("dryRun", "boolean", "Only tells what it would change.")
            .takes(YAML)
            .gives(PlanItem.class)
            .by(e -> apply(e, new Asked(e).truth("dryRun").orElse(false))),
        Route.post("/api/v1/diff", Need.READ)
            .about(GROUP, "What an apply of the same body would change; nothing is written.")
            .takes(YAML)
            .gives(PlanItem.class)
            .by(e -> apply(e, true)));
  }

  private Reply apply(Exchange exchange, boolean dryRun) {
    Manifest manifest = Manifests.read(files(exchange));
    if (!manifest.problems().isEmpty()) {
      return Reply.json(dryRun ? 200 : 422, PlanItem.unreadable(manifest.problems()));
    }
    if (manifest.declarations().isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID, "There is no resource in the request: send YAML with a `kind:`.");
    }
    Command command = new Command.ApplyResources(manifest.declarations());
    Plan plan = control.preview(command, exchange.caller().actor());
    if (dryRun || plan.refused()) {
      return Reply.json(dryRun ? 200 : 422, PlanItem.of(plan, null));
    }
    Accepted accepted = control.submit(command, exchange.caller().actor());
    return PlanItem.reply(accepted);
  }

  /// The manifests in a request: YAML, or JSON with `files`.
  public static List<ManifestFile> files(Exchange exchange) {
    return switch (exchange.contentType()) {
      case YAML, "text/yaml", "application/x-yaml", "text/x-yaml" ->
          List.of(new ManifestFile("", text(exchange.body())));
      case "application/json" -> files(exchange.json(Files.class));
      default ->
          throw new ApiException(
              ErrorCode.UNSUPPORTED_TYPE,
              "Content-Type is '"
                  + exchange.contentType()
                  + "': send application/yaml, or application/json with `files`.");
    };
  }

  private static List<ManifestFile> files(Files body) {
    if (body.files() == null || body.files().size() > FILES_MAX) {
      throw Asked.malformed("files", "", "1 to " + FILES_MAX + " files");
    }
    return body.files().stream().map(f -> new ManifestFile(f.name(), f.text())).toList();
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new ApiException(ErrorCode.MALFORMED, "The body is not UTF-8.", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.assurance.bundle.Bundle;
import dev.steward.assurance.bundle.BundleCheck;
import dev.steward.assurance.bundle.BundleException;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks a file that was given out with its proofs, where nothing of its server is at hand.
final class BundleVerification {
  private BundleVerification() {}

  /// @param keys null for those that came with the bundle
  /// @param answer gets what was found
  /// @return whether all of it fits
  static boolean check(Path file, @Nullable Path keys, ObjectNode answer) throws IOException {
    answer.put("bundle", file.toString());
    try {
      Optional<KnownKeys> known =
          keys == null ? Optional.empty() : Optional.of(KnownKeys.read(there(keys)));
      BundleCheck.Fits fits =
          BundleCheck.check(Bundle.read(Files.readAllBytes(there(file))), known);
      answer.put("verified", true).put("said", inWords(fits));
      answer.put("incident", fits.incident()).put("ledger", fits.log());
      answer.put("files", fits.files()).put("entries", fits.entries());
      answer.put("sealedAt", fits.sealedAt().toString()).put("keysFromElsewhere", fits.trusted());
      return true;
    } catch (BundleException e) {
      answer.put("verified", false);
      answer.put("said", "BROKEN: " + e.getMessage() + "; ask for it anew where it came from");
      return false;
    }
  }

  static String lines(JsonNode answer) {
    return answer.path("said").asString() + System.lineSeparator();
  }

  private static String inWords(BundleCheck.Fits fits) {
    return "verified incident %s: %d files as they were given out at %s, %d entries of the ledger %s; %s"
        .formatted(
            fits.incident(),
            fits.files(),
            fits.sealedAt(),
            fits.entries(),
            fits.log(),
            fits.trusted()
                ? "signed by a key that you named"
                : "signed by the keys that came with it, which anybody could have made: compare"
                    + " control/keys with those that you have from elsewhere, or name them with"
                    + " --keys");
  }

  private static Path there(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(ExitCode.WRONG_USE, "there is no file " + file);
    }
    return file;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest entries that match.
///
/// @param signedAt when the newest checkpoint was signed, null while none was
/// @param checkpoint the signed note, "" while there is none
/// @param unsigned entries behind the checkpoint, "" for none
/// @param older address of the entries before, null at the first
/// @param looked how far the list goes back
public record LedgerPage(
    Frame frame,
    String size,
    @Nullable Moment signedAt,
    String checkpoint,
    String unsigned,
    String actor,
    String thing,
    List<LedgerRow> rows,
    @Nullable String older,
    String looked,
    Map<String, String> kept) {}

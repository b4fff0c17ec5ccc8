// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import dev.steward.gateway.record.Place;
import java.util.Optional;

/// The place of a tool call in what its agent does.
///
/// @param why the model step that proposed it, empty when none is known: it is unattributed
public record ToolPlace(Place place, Optional<Why> why) {}

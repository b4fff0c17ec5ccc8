// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.tile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1234067, 256, tile/0/x001/x234/067",
    "0, 0, 1, tile/0/000.p/1",
    "1, 999, 255, tile/1/999.p/255",
    "63, 1000, 256, tile/63/x001/000",
    "-1, 67, 256, tile/entries/067",
    "-1, 1234067, 8, tile/entries/x001/x234/067.p/8"
  })
  void pathsAreThoseOfTheStandard(int level, long index, int width, String path) {
    TilePath tile = new TilePath(level, index, width);

    assertThat(tile.path()).isEqualTo(path);
    assertThat(TilePath.parse(path)).contains(tile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checkpoint",
        "tile/0/",
        "tile/0/67",
        "tile/00/067",
        "tile/64/067",
        "tile/0/x000/067",
        "tile/0/x001/x234/67",
        "tile/0/001/067",
        "tile/0/067.p/0",
        "tile/0/067.p/256",
        "tile/0/067.p/007",
        "tile/0/067/",
        "tile/-1/067",
        "tile/0/../067",
        "tile/0/x001/x001/x001/x001/x001/x001/x001/001"
      })
  void otherPathsAreNone(String path) {
    assertThat(TilePath.parse(path)).isEmpty();
  }

  @Test
  void widthsFollowTheTreeSize() {
    assertThat(Tile.widthAt(256, 0, 0)).isEqualTo(256);
    assertThat(Tile.widthAt(256, 1, 0)).isEqualTo(1);
    assertThat(Tile.widthAt(255, 1, 0)).isZero();
    assertThat(Tile.widthAt(70_000, 0, 273)).isEqualTo(70_000 - 273 * 256);
    assertThat(Tile.widthAt(70_000, 2, 0)).isEqualTo(1);
    assertThat(Tile.widthAt(70_000, 0, Long.MAX_VALUE)).isZero();
    assertThat(Tile.widthAt(70_000, 9, 0)).isZero();
    assertThat(Tile.countAt(0)).isZero();
    assertThat(Tile.countAt(255)).isEqualTo(1);
    assertThat(Tile.countAt(256)).isEqualTo(2);
    assertThat(Tile.countAt(70_000)).isEqualTo(274 + 2 + 1);
  }
}

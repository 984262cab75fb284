namespace SeestarAlpaca.Imaging.Stars;

/// <summary>
/// A star as it was measured in a picture. Levels are above the sky, in the picture's own units (ADU) of luminance, (R + 2G + B) / 4.
/// </summary>
/// <param name="X">Column of the centre in pixels; 0 is the centre of the leftmost pixel.</param>
/// <param name="Y">Row of the centre in pixels, downwards; 0 is the centre of the top pixel.</param>
/// <param name="Flux">F: the sum over the aperture; above 0.</param>
/// <param name="Peak">The brightest pixel of the 3 × 3 around the centre.</param>
/// <param name="Hfd">Half-flux diameter in pixels: 2·Σ(v·r)/Σv over the aperture.</param>
/// <param name="Fwhm">Full width at half maximum in pixels: 2.3548·√(σa·σb), from the standard deviations along both axes of the star.</param>
/// <param name="Eccentricity">√(1 − (σb/σa)²): 0 round, towards 1 a line.</param>
/// <param name="Snr">
/// Signal-to-noise ratio F/√(F/g + n·σ²) over the n pixels of the aperture. Debayering correlates the noise of neighbours, so that it is
/// somewhat too good in debayered pictures.
/// </param>
/// <param name="IsSaturated">
/// Whether a sample of the 5 × 5 pixels around the centre has reached saturation; flux, widths and centre are then worse.
/// </param>
public sealed record DetectedStar(
    double X, double Y, double Flux, double Peak, double Hfd, double Fwhm, double Eccentricity, double Snr, bool IsSaturated)
{
    /// <summary>
    /// Where the longer axis points, in degrees from the rows' direction to the right, downwards positive: above −90 to 90. Without meaning for a
    /// round star.
    /// </summary>
    public double Angle { get; init; }
}

namespace SeestarAlpaca.Imaging.Registration;

/// <summary>What four samples in a row count at a place between the second and the third: the cubic of Catmull and Rom.</summary>
internal readonly record struct CubicWeights(float Before, float At, float After, float Last)
{
    /// <summary>The weights at a place.</summary>
    /// <param name="t">How far it is from the second sample, 0 to 1.</param>
    public static CubicWeights For(float t) => new(
        t * (-0.5f + (t * (1 - (0.5f * t)))),
        1 + (t * t * (-2.5f + (1.5f * t))),
        t * (0.5f + (t * (2 - (1.5f * t)))),
        t * t * (-0.5f + (0.5f * t)));
}

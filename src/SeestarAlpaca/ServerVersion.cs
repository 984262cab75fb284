namespace SeestarAlpaca;

/// <summary>The program's version, from the one property of the build.</summary>
internal static class ServerVersion
{
    private static readonly Version Number = typeof(ServerVersion).Assembly.GetName().Version ?? new Version(0, 0);

    /// <summary>Such as 0.1.0.</summary>
    public static string Text => Number.ToString(3);

    /// <summary>Such as 0.1, the form that ASCOM wants of a driver.</summary>
    public static string Short => Number.ToString(2);
}

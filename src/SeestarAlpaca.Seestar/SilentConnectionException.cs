namespace SeestarAlpaca.Seestar;

/// <summary>Nothing has come from the telescope for longer than a living connection is silent.</summary>
/// <param name="port">Such as image port.</param>
/// <param name="silence">For how long.</param>
internal sealed class SilentConnectionException(string port, TimeSpan silence)
    : IOException($"The telescope's {port} has been silent for {silence.TotalSeconds:F0} s.")
{
    /// <summary>For how long nothing has come.</summary>
    public TimeSpan Silence => silence;
}

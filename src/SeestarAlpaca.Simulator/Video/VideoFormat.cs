namespace SeestarAlpaca.Simulator.Video;

/// <summary>What the video is (<c>seestar-protocol.md</c> §6) and how the simulator's loop divides time.</summary>
/// <remarks>
/// The video is a loop of <see cref="Loop"/>. Frames are counted from 1970-01-01 UTC, 30 in a second: frame n is due n ⁄ 30 s after that moment and
/// shows picture n modulo <see cref="Frames"/>. So the picture tells the time of day, modulo the loop, and two clients see the same at the same time.
/// </remarks>
internal static class VideoFormat
{
    /// <summary>Columns, portrait.</summary>
    public const int Width = 1080;

    /// <summary>Rows.</summary>
    public const int Height = 1920;

    /// <summary>Pictures in a second.</summary>
    public const int FramesPerSecond = 30;

    /// <summary>Pictures from one key frame to the next: one second.</summary>
    public const int KeyFrameInterval = FramesPerSecond;

    /// <summary>Pictures in the loop; a multiple of <see cref="KeyFrameInterval"/>, and an even number of key frames so that neighbours differ in idr_pic_id.</summary>
    public const int Frames = 8 * FramesPerSecond;

    /// <summary>Length of the loop.</summary>
    public static readonly TimeSpan Loop = TimeSpan.FromSeconds(Frames / FramesPerSecond);

    /// <summary>The time that a picture of the loop shows: milliseconds from the loop's start, rounded.</summary>
    /// <param name="picture">0 to <see cref="Frames"/> - 1.</param>
    public static int Milliseconds(int picture) => ((picture * 1000) + (FramesPerSecond / 2)) / FramesPerSecond;

    /// <summary>The picture of the loop that a frame shows.</summary>
    /// <param name="frame">Frames since 1970-01-01 UTC.</param>
    public static int Picture(long frame) => (int)(frame % Frames);

    /// <summary>When a frame is due, since 1970-01-01 UTC.</summary>
    public static TimeSpan Due(long frame) => new(((frame * TimeSpan.TicksPerSecond) + FramesPerSecond - 1) / FramesPerSecond);

    /// <summary>The first key frame that is due at a moment or later.</summary>
    /// <param name="sinceEpoch">Time since 1970-01-01 UTC.</param>
    public static long NextKeyFrame(TimeSpan sinceEpoch)
    {
        const long interval = TimeSpan.TicksPerSecond * KeyFrameInterval / FramesPerSecond;
        return (sinceEpoch.Ticks + interval - 1) / interval * KeyFrameInterval;
    }

    /// <summary>The RTP time of a moment: 90 000 × seconds since 1970-01-01 UTC, modulo 2³².</summary>
    public static uint RtpTime(TimeSpan sinceEpoch) => unchecked((uint)(sinceEpoch.Ticks * (RtpClock / 1000) / TimeSpan.TicksPerMillisecond));

    /// <summary>The RTP time of a frame.</summary>
    public static uint RtpTime(long frame) => unchecked((uint)(frame * (RtpClock / FramesPerSecond)));

    private const int RtpClock = 90_000;
}

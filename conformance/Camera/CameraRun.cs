using SeestarAlpaca.Conformance.Http;
using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Camera;

/// <summary>What the checks of a camera share: its client, its judge, and what was learnt before.</summary>
internal sealed class CameraRun : IDisposable
{
    private readonly Uri _device;
    private uint _clients;

    /// <param name="device">Address of the device: <c>http://host:port/api/v1/camera/0</c>.</param>
    public CameraRun(Uri device, CameraSettings settings, Judge judge, TimeProvider time)
    {
        (_device, Settings, Judge, Time) = (device, settings, judge, time);
        Client = NewClient();
    }

    public CameraSettings Settings { get; }

    public Judge Judge { get; }

    public TimeProvider Time { get; }

    public Timings Timings { get; } = new();

    /// <summary>What the camera told of itself so far.</summary>
    public CameraFacts Facts { get; } = new();

    /// <summary>One full-frame exposure for every bin, as it went.</summary>
    public List<ExposureRecord> Exposures { get; } = [];

    /// <summary>The client that does nearly everything.</summary>
    public AlpacaClient Client { get; private set; }

    /// <summary>A further client with a ClientID of its own.</summary>
    public AlpacaClient NewClient() => new(_device, Settings.ClientId + Interlocked.Increment(ref _clients) - 1, Time, Timings);

    /// <summary>As if the client's program had died and come back: new connections, same ClientID, transactions from 1.</summary>
    public void RestartClient()
    {
        var id = Client.ClientId;
        Client.Dispose();
        Client = new AlpacaClient(_device, id, Time, Timings);
    }

    /// <summary>One call that is not measured, so that this program's own start is not taken for the server's slowness.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        using var client = new AlpacaClient(_device, Settings.ClientId, Time, new Timings());
        try
        {
            await client.GetAsync("interfaceversion", cancellationToken);
        }
        catch (NoReplyException)
        {
            // The first check will say so.
        }
    }

    /// <summary>Reads a property; what is wrong with the form of the reply is told to the judge.</summary>
    public async Task<Answer> GetAsync(string member, CancellationToken cancellationToken) => Look(await Client.GetAsync(member, cancellationToken));

    /// <summary>Calls a method; what is wrong with the form of the reply is told to the judge.</summary>
    public async Task<Answer> PutAsync(string member, CancellationToken cancellationToken, params (string Name, object Value)[] parameters) =>
        Look(await Client.PutAsync(member, cancellationToken, parameters));

    /// <summary>Writes a property.</summary>
    public Task<Answer> WriteAsync(string member, object value, CancellationToken cancellationToken) =>
        PutAsync(member, cancellationToken, (Members.ParameterOf(member), value));

    /// <summary>Looks again and again until something holds.</summary>
    /// <returns>False when it did not within <paramref name="limit"/>.</returns>
    public async Task<bool> UntilAsync(Func<Task<bool>> holds, TimeSpan limit, CancellationToken cancellationToken)
    {
        var began = Time.GetTimestamp();
        while (!await holds())
        {
            if (Time.GetElapsedTime(began) > limit)
            {
                return false;
            }

            await Task.Delay(Settings.Poll, Time, cancellationToken);
        }

        return true;
    }

    public void Dispose() => Client.Dispose();

    private Answer Look(Answer answer)
    {
        foreach (var problem in answer.Problems)
        {
            Judge.Add(answer.Call, problem);
        }

        return answer;
    }
}

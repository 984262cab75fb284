using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using SeestarAlpaca.Simulator.Connections;
using SeestarAlpaca.Simulator.Telescopes;
using SeestarAlpaca.Simulator.Wire;

namespace SeestarAlpaca.Simulator.Control;

/// <summary>One connection on the control port: lines in, replies and events out (<c>seestar-protocol.md</c> §3).</summary>
/// <param name="socket">The connection.</param>
/// <param name="telescope">Whose.</param>
/// <param name="guard">What the client may do.</param>
/// <param name="traffic">Told what comes.</param>
/// <param name="writer">Writes to the client.</param>
/// <param name="guest">Whether it is the second listener, which tells no events.</param>
internal sealed class ControlConnection(Socket socket, Telescope telescope, Guard guard, ControlTraffic traffic, PieceWriter writer, bool guest)
{
    /// <summary>Lines that may wait for a slow client; one more ends the connection.</summary>
    private const int MostLines = 2048;

    /// <summary>How long after a request its reply is sent, so that the first event it causes comes before: 74 ms were captured.</summary>
    private static readonly TimeSpan ReplyDelay = TimeSpan.FromMilliseconds(76);

    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(MostLines);
    private bool _closed;

    /// <summary>Serves until either side ends the connection or it is silent for too long.</summary>
    public async Task ServeAsync(IdleLimit idle)
    {
        void Listen(byte[] line) => Send(line, idle);

        var client = new Client(telescope, guard, Listen);
        telescope.Agenda.Enter(() => Greet(client, Listen));
        var writing = WriteAsync(idle);
        try
        {
            await ReadAsync(client, idle);
        }
        finally
        {
            telescope.Agenda.Enter(() =>
            {
                _closed = true;
                telescope.Events.Leave(Listen);
                telescope.Mastership.Leave(client);
            });

            // A client that has ended its side only still gets what waits for it.
            _outgoing.Writer.Complete();
            await writing;
        }
    }

    private void Greet(Client client, Action<byte[]> listen)
    {
        if (guest)
        {
            return;
        }

        if (telescope.Options.VersionEvent)
        {
            listen(WireText.Line(VersionEvent()));
        }

        telescope.Events.Listen(listen);
        telescope.Mastership.Join(client);
        if (telescope.Options.Unknowns.ClientEventOnConnect)
        {
            client.TellMastership(telescope.Mastership.Master == client);
        }
    }

    private async Task ReadAsync(Client client, IdleLimit idle)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        await foreach (var line in LineReader.ReadLinesAsync(input, idle.Restart, idle.Token))
        {
            writer.Recorded?.ClientLine(line);
            telescope.Agenda.Enter(() => Handle(client, line, idle));
        }
    }

    private async Task WriteAsync(IdleLimit idle)
    {
        try
        {
            await foreach (var line in _outgoing.Reader.ReadAllAsync(idle.Token))
            {
                await telescope.Faults.WriteLineAsync(writer, line, idle.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // Nobody is there to be told.
        }
        finally
        {
            // The reading side ends with this one.
            idle.End();
        }
    }

    private void Send(byte[] line, IdleLimit idle)
    {
        if (!_closed && !_outgoing.Writer.TryWrite(line))
        {
            idle.End();
        }
    }

    private void Handle(Client client, byte[] line, IdleLimit idle)
    {
        if (Request.Read(line) is not { } request)
        {
            Send(WireText.Line(Reply(telescope.Events.Stamp(), null, Answer.Of(ErrorCodes.ParseError))), idle);
            return;
        }

        traffic.Receive(request);
        switch (guard.Admit(request))
        {
            case Admission.Answered:
                telescope.Begin(() => AnswerAsync(client, request, idle));
                break;
            case Admission.Reset:
                traffic.Reset();
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                idle.End();
                break;
        }
    }

    private async Task AnswerAsync(Client client, Request request, IdleLimit idle)
    {
        await telescope.Faults.DelayAsync(request.Method, telescope.Lifetime);
        var stamp = telescope.Events.Stamp();
        Answer answer;
        try
        {
            answer = CommandTable.Find(request.Method) is { } handler
                ? await handler(new Call(telescope, client, request.Params))
                : Answer.Of(ErrorCodes.MethodNotFound);
        }
        catch (RefusedException refusal)
        {
            answer = Answer.Of(refusal.Code);
        }

        var reply = WireText.Line(telescope.Faults.Reply(Reply(answer.CausesEvent ? stamp : telescope.Events.Stamp(), request, answer)));
        if (answer.CausesEvent && telescope.Options.EventBeforeReply)
        {
            await telescope.Agenda.DelayAsync(ReplyDelay, telescope.Lifetime);
        }

        Send(reply, idle);
    }

    private static WireObject Reply(string stamp, Request? request, Answer answer)
    {
        var reply = new WireObject { ["jsonrpc"] = "2.0", ["Timestamp"] = stamp };
        if (request is not null)
        {
            reply["method"] = request.Method;
        }

        reply[answer.Code == 0 ? "result" : "error"] = answer.Code == 0 ? answer.Result : ErrorCodes.Text(answer.Code);
        reply["code"] = answer.Code;
        if (request?.Id is { } id)
        {
            reply["id"] = id;
        }

        return reply;
    }

    private WireObject VersionEvent() => telescope.Events.Event("Version", new WireObject
    {
        ["name"] = "ASI AIR imager",
        ["svr_ver_string"] = "1.0",
        ["svr_ver_int"] = 29,
        ["firmware_ver_int"] = telescope.Version.Number,
        ["firmware_ver_string"] = telescope.Version.ToString(),
        ["is_verified"] = true,
    });
}

// What the plain hub does, in Socket.IO: joins rooms, tells a room, answers the sender.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer((request, response) => response.end('ok'));
const io = new Server(http, { transports: ['websocket'], serveClient: false });

io.on('connection', (socket) => {
  socket.on('join', async (rooms, answer) => {
    await socket.join(rooms);
    answer();
  });
  socket.on('send', (room, text, answer) => {
    io.to(room).emit('message', text);
    answer();
  });
});

http.listen(Number(process.argv[2]), '127.0.0.1');
